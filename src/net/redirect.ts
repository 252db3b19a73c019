import type { Question } from './exchange.ts'

/** Whether an answer of this status leads elsewhere. */
export function isRedirect(status: number): boolean {
	return [301, 302, 303, 307, 308].includes(status)
}

/** The next request, as browsers make it: 303 asks anew, so do 301 and 302 after a POST; what is secret stays. */
export function redirected(
	{ url: old, method, headers, body }: Question,
	status: number,
	url: URL,
	staysPost = false,
): Question {
	const isNew = method !== 'HEAD' && (status === 303 || (status < 303 && method === 'POST' && !staysPost))
	const dropped = [...(isNew ? ABOUT_BODY : []), ...(url.origin === old.origin ? [] : SECRET)]
	const kept = Object.entries(headers).filter(([name]) => !dropped.includes(name))
	return { url, method: isNew ? 'GET' : method, headers: Object.fromEntries(kept), body: isNew ? undefined : body }
}

const ABOUT_BODY = ['content-type', 'content-length', 'content-encoding', 'content-language', 'content-location']
const SECRET = ['authorization', 'cookie', 'proxy-authorization']
