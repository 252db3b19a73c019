import { avatarHash, avatarSvg } from '../../src/avatars/avatar.ts'
import { loadCatalog, type Translate } from '../../src/i18n/catalog.ts'
import type {
	Calendar,
	CalendarDay,
	ErrorPage,
	ListingPage,
	PostCard,
	PostPage,
	ResponseForm,
	ResponseNode,
	SearchPage,
	Shell,
	Sidebar,
} from '../../src/views/model.ts'
import { content } from './content.ts'
import { TEXTS, type Texts } from './texts.ts'

/** Models of every kind of page in one language, with all that a page can have, and with the least. */
export interface Models {
	t: Translate
	home: ListingPage
	archive: ListingPage
	empty: ListingPage
	post: PostPage
	locked: PostPage
	page: PostPage
	bare: PostPage
	search: SearchPage
	nothing: SearchPage
	error: ErrorPage
}

const catalog = loadCatalog(['ru', 'en'])

export function models(locale: 'ru' | 'en'): Models {
	const t = catalog.translator(locale)
	const texts = TEXTS[locale]
	const listing = (kind: string) => ({ ...shell(locale, texts, kind, t), sidebar: sidebar(locale, texts, t) })
	return {
		t,
		home: {
			...listing('home'),
			heading: t('listing.posts'),
			posts: cards(locale, texts, t),
			pages: pages(locale, t),
			trail: [],
		},
		archive: {
			...listing('archive'),
			heading: texts.month,
			intro: `<p>${texts.intro}</p>`,
			posts: cards(locale, texts, t).slice(1, 3),
			trail: [
				{ href: `/${locale}/`, text: t('listing.posts') },
				{ href: `/${locale}/2025/`, text: texts.year },
			],
		},
		empty: { ...listing('term'), heading: texts.category, posts: [], empty: t('listing.empty'), trail: [] },
		post: post(locale, texts, t),
		locked: locked(locale, texts, t),
		page: staticPage(locale, texts, t),
		bare: bare(locale, texts, t),
		search: {
			...listing('search'),
			query: texts.query,
			heading: t('search.heading', { query: texts.query }),
			summary: t('search.found', { count: 3 }),
			results: cards(locale, texts, t)
				.slice(0, 3)
				.map(({ href, title, excerpt, published }) => ({
					href,
					title: title.replace(/(\S+)$/, '<mark>$1</mark>'),
					excerpt: `… ${excerpt.replace(/<[^>]+>/g, '').replace(/(\S+ \S+)/, '<mark>$1</mark>')} …`,
					published,
					kind: 'post',
				})),
			elsewhere: [{ href: '/en/search/?q=x', text: texts.elsewhere, lang: locale === 'ru' ? 'en' : 'ru' }],
		},
		nothing: {
			...shell(locale, texts, 'search', t),
			heading: t('search.title'),
			summary: t('search.nothing'),
			results: [],
			elsewhere: [],
		},
		error: {
			...listing('error'),
			robots: 'noindex',
			canonical: undefined,
			status: 404,
			heading: t('errors.missing'),
			text: t('errors.missingText'),
			offers: [{ href: '/en/2025/02/x/', text: 'eGov 2.0: why practical experience is better', lang: 'en' }],
		},
	}
}

function shell(locale: string, texts: Texts, kind: string, t: Translate): Shell {
	const base = 'https://blog.example'
	return {
		locale,
		dir: 'ltr',
		kind,
		documentTitle: `${texts.titles[1]} — ${texts.site}`,
		description: texts.tagline,
		canonical: `${base}/${locale}/`,
		alternates: [
			{ hreflang: 'ru', href: `${base}/ru/` },
			{ hreflang: 'en', href: `${base}/en/` },
			{ hreflang: 'x-default', href: `${base}/ru/` },
		],
		feeds: [{ type: 'application/rss+xml', title: 'RSS', href: `/${locale}/feed/` }],
		links: [],
		nextPage: `/${locale}/page/3/`,
		meta: [{ property: 'og:title', content: texts.site }],
		jsonLd: '{"@context":"https://schema.org","@type":"WebSite"}',
		site: {
			title: texts.site,
			tagline: texts.tagline,
			footer: '<p>Москва</p>',
			home: `/${locale}/`,
			feed: `/${locale}/feed/`,
			search: `/${locale}/search/`,
			year: 2025,
		},
		languages: [
			{ code: 'ru', name: 'Русский', href: '/ru/', current: locale === 'ru', exact: true },
			{ code: 'en', name: 'English', href: '/en/', current: locale === 'en', exact: true },
		],
		profiles: [
			{ href: `/${locale}/feed/`, text: t('site.feed'), icon: 'rss' },
			{ href: 'https://t.me/example', text: 'Telegram', icon: 'telegram', rel: 'me' },
			{ href: 'https://youtube.com/@example', text: 'YouTube', icon: 'youtube', rel: 'me' },
			{ href: 'https://facebook.com/example', text: 'Facebook', icon: 'facebook', rel: 'me' },
			{ href: 'https://forum.example/me', text: 'GovLoop', icon: 'govloop', rel: 'me' },
		],
		menu: texts.menu.map((text, index) => ({
			href: `/${locale}/p${index}/`,
			text,
			current: kind === 'page' && !index,
		})),
		query: '',
	}
}

function sidebar(locale: string, texts: Texts, t: Translate): Sidebar {
	const category = (text: string, count: number, children: Sidebar['categories'] = []) => ({
		href: `/${locale}/category/c${count}/`,
		text,
		count,
		children,
	})
	const [first, second, third, fourth] = texts.categories as [string, string, string, string]
	return {
		order: ['calendar', 'recentPosts', 'recentResponses', 'categories', 'tags', 'months'],
		calendar: calendar(locale, texts, t),
		recentPosts: texts.titles.map((text, index) => ({ href: `/${locale}/2025/02/post-${index}/`, text })),
		recentResponses: texts.names.map((name, index) => ({
			name,
			href: `/${locale}/2025/02/post-1/#comment-${index}`,
			post: texts.titles[index]!,
		})),
		categories: [category(first, 48, [category(second, 12), category(third, 7)]), category(fourth, 21)],
		tags: texts.tags.map((text, index) => ({
			href: `/${locale}/tag/t${index}/`,
			text,
			count: 3 + index,
			weight: 1 + ((index * 7) % 5),
		})),
		months: Array.from({ length: 30 }, (_, index) => ({
			href: `/${locale}/20${25 - Math.floor(index / 12)}/0${1 + (index % 9)}/`,
			text: texts.months[index % texts.months.length]!,
			count: 1 + ((index * 5) % 13),
		})),
	}
}

/** February 2025, Mondays first. */
function calendar(locale: string, texts: Texts, t: Translate): Calendar {
	const cells: CalendarDay[] = Array.from({ length: 35 }, (_, index) => {
		const day = index - 4
		if (day < 1 || day > 28) return {}
		const written = [3, 4, 11, 14, 20, 26, 27].includes(day)
		const link = { href: `/${locale}/2025/02/${day}/`, label: t('calendar.day', { date: texts.date(day) }) }
		return { day, today: day === 18, ...(written && link) }
	})
	return {
		caption: texts.month,
		label: t('calendar.label'),
		href: `/${locale}/2025/02/`,
		weekdays: texts.weekdays,
		weeks: [0, 1, 2, 3, 4].map((week) => cells.slice(week * 7, week * 7 + 7)),
		previous: {
			href: `/${locale}/2024/07/`,
			short: texts.jul,
			label: t('calendar.previous', { month: texts.july }),
		},
		next: { href: `/${locale}/2025/09/`, short: texts.sep, label: t('calendar.next', { month: texts.september }) },
	}
}

function moment(texts: Texts, day: number) {
	return { iso: `2025-02-${day}T09:30:00+03:00`, text: texts.date(day), title: `${texts.date(day)}, 09:30` }
}

function card(locale: string, texts: Texts, t: Translate, index: number): PostCard {
	const href = `/${locale}/2025/02/post-${index}/`
	return {
		href,
		title: texts.titles[index]!,
		published: moment(texts, 26 - index),
		author: { href: `/${locale}/author/anna/`, text: texts.author },
		categories: [{ href: `/${locale}/category/c48/`, text: texts.categories[index % 4]! }],
		tags: texts.tags.slice(0, 4).map((text, tag) => ({ href: `/${locale}/tag/t${tag}/`, text })),
		excerpt: `<p>${texts.excerpts[index]}</p>`,
		more: true,
		responses: { count: 3 - index, text: t('responses.count', { count: 3 - index }), href: `${href}#comments` },
		reading: t('post.reading', { count: 4 + index }),
		sticky: index === 0,
		locked: false,
	}
}

function cards(locale: string, texts: Texts, t: Translate): PostCard[] {
	const all = [0, 1, 2, 3].map((index) => card(locale, texts, t, index))
	all[2] = { ...all[2]!, cover: { src: 'cover.svg', alt: '', width: 1200, height: 500 } }
	all[3] = { ...all[3]!, locked: true, excerpt: '', more: false, author: undefined, reading: '' }
	return all
}

function pages(locale: string, t: Translate): NonNullable<ListingPage['pages']> {
	return {
		label: t('listing.pages'),
		text: t('listing.pageOf', { number: '2', total: '20' }),
		newer: `/${locale}/`,
		older: `/${locale}/page/3/`,
		numbers: [1, 2, 3, 20].map((number) => ({
			number,
			href: `/${locale}/page/${number}/`,
			current: number === 2,
			gap: number === 20,
		})),
	}
}

function post(locale: string, texts: Texts, t: Translate): PostPage {
	const other = locale === 'ru' ? 'en' : 'ru'
	const link = (index: number) => ({ href: `/${locale}/2025/02/post-${index}/`, text: texts.titles[index]! })
	const base = card(locale, texts, t, 1)
	return {
		...shell(locale, texts, 'post', t),
		post: {
			...base,
			id: 7,
			permalink: `https://blog.example${base.href}`,
			content: content(texts),
			modified: moment(texts, 27),
			outdated: {
				text: t('post.outdated'),
				source: { href: `/${other}/2025/02/post/`, text: t('post.original'), lang: other },
			},
			translations: [{ href: `/${other}/2025/02/post/`, text: other === 'en' ? 'English' : 'Русский', lang: other }],
			share: {
				label: texts.share,
				url: `https://blog.example${base.href}`,
				title: base.title,
				links: ['telegram', 'vk', 'ok', 'x', 'facebook', 'whatsapp', 'linkedin', 'email'].map((name) => ({
					name,
					icon: name,
					href: name === 'email' ? 'mailto:?subject=x' : `https://${name}.example/share?url=x`,
					label: `${texts.share}: ${name}`,
				})),
			},
			older: link(2),
			newer: link(0),
			related: [link(0), link(2), link(3)],
			children: [],
			enclosures: [{ href: '/media/talk.mp3', mime: 'audio/mpeg', text: 'talk.mp3 (12 MB)' }],
		},
		responses: {
			heading: t('responses.heading', { count: 8, title: base.title }),
			count: 8,
			feed: `${base.href}feed/`,
			reactions: [],
			thread: thread(locale, texts),
			closed: t('responses.closed'),
			filter: [
				{ href: base.href, text: t('responses.all'), current: true },
				{ href: `${base.href}?only=ru`, text: 'Русский (6)', lang: 'ru' },
				{ href: `${base.href}?only=en`, text: 'English (2)', lang: 'en' },
			],
			form: form(locale, t),
		},
	}
}

function response(locale: string, texts: Texts, id: number, more: Partial<ResponseNode> = {}): ResponseNode {
	return {
		id,
		kind: 'comment',
		lang: locale,
		name: texts.names[id % texts.names.length]!,
		byAuthor: false,
		published: moment(texts, 26),
		permalink: `/${locale}/2025/02/post-1/#comment-${id}`,
		content: `<p>${texts.replies[id % texts.replies.length]}</p>`,
		avatar: avatarSvg(avatarHash('made up', { name: String(id), email: '' })),
		reply: `/${locale}/2025/02/post-1/?reply=${id}#respond`,
		held: false,
		replies: more.children?.length ? texts.replyCount : undefined,
		children: [],
		...more,
	}
}

/** As it comes back with mistakes in it, a reply and a preview. */
function form(locale: string, t: Translate): ResponseForm {
	return {
		action: `/${locale}/2025/02/post-1/comments/`,
		heading: t('form.replyTo', { name: 'Maria' }),
		replyTo: { id: 2, text: 'Maria', cancel: `/${locale}/2025/02/post-1/#respond` },
		values: { name: 'Maria', email: 'maria', url: '', text: 'a < b', notify: true, remember: false },
		errors: { email: t('form.notEmail'), name: t('form.missing'), url: t('form.notUrl'), text: t('form.missing') },
		error: t('form.refused'),
		note: '<p>1 &lt; 2</p>',
		emailRequired: true,
		limits: { name: 80, email: 254, url: 500, text: 10_000 },
		preview: '<p>a &lt; b</p>',
		canNotify: true,
	}
}

function thread(locale: string, texts: Texts): ResponseNode[] {
	const make = (id: number, more?: Partial<ResponseNode>) => response(locale, texts, id, more)
	const url = 'https://reader.example/'
	const deepest = make(5, { replyingTo: { href: '#comment-4', text: texts.replyingTo } })
	const deep = make(4, { children: [make(9, { children: [make(10, { children: [deepest] })] })] })
	return [
		make(1, { kind: 'pingback', name: texts.mention, url }),
		make(2, { url, children: [make(3, { byAuthor: true, name: texts.author, children: [deep] })] }),
		make(6, { kind: 'webmention', name: 'jane.example', url, lang: 'en', content: '<p>Quoted this in my digest.</p>' }),
		make(8, { lang: 'en', name: 'Oklahoma Design', content: '<p>May I use some of this if I link back?</p>' }),
		make(7, { held: true }),
	]
}

function locked(locale: string, texts: Texts, t: Translate): PostPage {
	const whole = bare(locale, texts, t)
	const unlock = { action: `${whole.post.href}unlock/`, error: t('post.wrongPassword') }
	return { ...whole, post: { ...whole.post, locked: true, content: '', unlock } }
}

function staticPage(locale: string, texts: Texts, t: Translate): PostPage {
	const whole = bare(locale, texts, t)
	const parent = { href: `/${locale}/p0/`, text: texts.menu[0]! }
	const children = [{ href: `/${locale}/p9/`, text: texts.menu[1]! }]
	return {
		...whole,
		kind: 'page',
		post: { ...whole.post, title: texts.menu[0]!, parent, children, content: content(texts) },
	}
}

/** Nothing that may be left out. */
function bare(locale: string, texts: Texts, t: Translate): PostPage {
	const base = shell(locale, texts, 'post', t)
	const { author: _, ...plain } = card(locale, texts, t, 3)
	return {
		...base,
		canonical: undefined,
		jsonLd: undefined,
		menu: [],
		profiles: [],
		languages: base.languages.slice(0, 1),
		post: {
			...plain,
			categories: [],
			tags: [],
			id: 9,
			permalink: `https://blog.example${plain.href}`,
			content: `<p>${texts.excerpts[0]}</p>`,
			translations: [],
			related: [],
			children: [],
			enclosures: [],
		},
		responses: {
			heading: t('responses.none'),
			count: 0,
			feed: `${plain.href}feed/`,
			reactions: [],
			thread: [],
			filter: [],
		},
	}
}
