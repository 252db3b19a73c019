/** Where to go after sign-in: a path of the authors' pages with its query, whatever was asked for. */
export function nextPath(asked: string | null): string {
	const url = asked?.startsWith('/') ? URL.parse(asked, 'http://own.invalid') : null
	const isOwn = url?.host === 'own.invalid' && url.pathname.startsWith('/admin/')
	return isOwn ? url.pathname + url.search : '/admin/'
}
