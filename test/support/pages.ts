/** One page of every kind that readers meet on a blog that holds the fixtures. */
export interface PageKind {
	name: string
	path: string
	status: number
}

const PATHS: Record<'ru' | 'en', Record<string, string>> = {
	ru: {
		post: '2025/02/konferenciya-egov-2-0/',
		'post in one language': '2024/10/nochnoy-poezd/',
		'locked post': '2025/01/dlya-svoih/',
		page: 'o-bloge/',
		'page below a page': 'kontakty/',
		category: 'category/sobytiya/',
		tag: 'tag/otkrytye-dannye/',
		'search with results': 'search/?q=%D0%BA%D0%BE%D0%BD%D1%84%D0%B5%D1%80%D0%B5%D0%BD%D1%86%D0%B8%D1%8F',
	},
	en: {
		post: '2025/02/egov-2-0-conference/',
		'post in one language': '2025/02/open-data-week/',
		'locked post': '2025/01/for-friends/',
		page: 'about/',
		'page below a page': 'contacts/',
		category: 'category/events/',
		tag: 'tag/open-data/',
		'search with results': 'search/?q=conference',
	},
}

const SAME = {
	home: '',
	author: 'author/anna/',
	year: '2025/',
	month: '2025/02/',
	day: '2025/02/26/',
	search: 'search/',
	'search without results': 'search/?q=qwertyuiop',
}

const MISSING = {
	'nothing here': 'nothing/',
	'month without posts': '2024/12/',
	'post of the other language': { ru: '2025/02/open-data-week/', en: '2024/10/nochnoy-poezd/' },
}

/** The pages of one language. */
export function pagesOf(locale: 'ru' | 'en'): PageKind[] {
	const page = (status: number) => (entry: [string, string | Record<'ru' | 'en', string>]) => {
		const [kind, path] = entry
		const rest = typeof path === 'string' ? path : path[locale]
		return { name: `${kind} (${locale})`, path: `/${locale}/${rest}`, status }
	}
	return [
		...Object.entries(SAME).map(page(200)),
		...Object.entries(PATHS[locale]).map(page(200)),
		...Object.entries(MISSING).map(page(404)),
	]
}
