import { dayOf } from '../i18n/dates.ts'
import { direction, languageName } from '../i18n/languages.ts'
import { alternates, type Sibling } from '../posts/alternates.ts'
import { permalink } from '../posts/permalink.ts'
import { titleOf } from '../posts/title.ts'
import type { MenuItem } from '../settings/settings.ts'
import { describe } from '../share/describe.ts'
import type { PageFacts } from '../share/facts.ts'
import { jsonLd } from '../share/json-ld.ts'
import { metaTags } from '../share/meta.ts'
import { profileLinks } from '../share/profiles.ts'
import type { Link, Shell } from '../views/model.ts'
import type { Context } from '../web/context.ts'
import type { Overview } from './overview.ts'

/** What a page says of itself; the rest of its shell is the blog's. */
export interface Page
	extends Partial<Pick<Shell, 'robots' | 'feeds' | 'links' | 'previousPage' | 'nextPage' | 'sidebar' | 'query'>> {
	kind: string
	/** Without the blog's name; the home page has none. */
	title?: string
	description?: string
	/** Its canonical path; none when it isn't to be found. */
	path?: string
	/** The page in each language it exists in, its own included. */
	siblings: Sibling[]
	/** Further pages of a listing hold other posts in other languages: the switcher leads to the first ones. */
	isFurther?: boolean
	/** What Open Graph and JSON-LD say besides; pages that aren't to be found have neither. */
	facts?: Partial<PageFacts> & Pick<PageFacts, 'kind'>
}

/** The head, header and footer around a page. */
export function shellOf(ctx: Context, overview: Overview, page: Page): Shell {
	const { locale, settings } = ctx.state
	const { config } = ctx.blog
	const site = siteOf(ctx)
	const canonical = page.path && config.siteUrl + page.path
	const links = page.isFurther ? [] : alternates(page.siblings, config.languages, config.siteUrl)
	const description = describe(page.description || site.tagline)
	const facts = canonical &&
		page.facts && {
			url: canonical,
			title: page.title ?? site.title,
			description,
			locale,
			site: { title: site.title, url: config.siteUrl + site.home },
			alternates: links,
			...page.facts,
		}
	return {
		locale,
		dir: direction(locale),
		kind: page.kind,
		documentTitle: page.title ? `${page.title} — ${site.title}` : site.title,
		description,
		canonical,
		robots: page.robots,
		alternates: links,
		feeds: page.feeds ?? [],
		links: page.links ?? [],
		previousPage: page.previousPage,
		nextPage: page.nextPage,
		meta: facts ? metaTags(facts) : [],
		jsonLd: facts ? jsonLd(facts) : undefined,
		site,
		languages: languagesOf(ctx, page.siblings),
		profiles: [{ href: site.feed, text: ctx.state.t('site.feed'), icon: 'rss' }, ...profileLinks(settings.profiles)],
		menu: menuOf(ctx, overview, page.path),
		query: page.query ?? '',
		sidebar: page.sidebar,
	}
}

function siteOf({ blog, state: { locale, settings } }: Context): Shell['site'] {
	return {
		title: settings.title(locale),
		tagline: settings.tagline(locale),
		home: `/${locale}/`,
		footer: settings.footer(locale).html,
		feed: `/${locale}/feed/`,
		search: `/${locale}/search/`,
		year: dayOf(blog.clock(), blog.config.timezone).year,
	}
}

/** The switcher: a page that is missing in a language is never linked, its home is. */
function languagesOf({ blog, state }: Context, siblings: Sibling[]): Shell['languages'] {
	return blog.config.languages.map((code) => {
		const sibling = siblings.find(({ locale }) => locale === code)
		return {
			code,
			name: languageName(code),
			href: sibling?.path ?? `/${code}/`,
			current: code === state.locale,
			exact: sibling !== undefined,
		}
	})
}

/** What the owner has put there, else the pages of the top level; a page that isn't to be seen is left out. */
function menuOf(ctx: Context, { pages }: Overview, path: string | undefined): Link[] {
	const top = pages.filter((page) => page.parent_id === null)
	const items: MenuItem[] = ctx.state.settings.menu(ctx.state.locale) ?? top.map((page) => ({ post: page.post_id }))
	return items.flatMap((item) => {
		if ('href' in item) return [{ href: item.href, text: item.text, current: item.href === path }]
		const page = pages.find((page) => page.post_id === item.post)
		if (!page) return []
		const href = permalink(page)
		return [{ href, text: item.text ?? titleOf(page, ctx.blog.config.timezone), current: href === path }]
	})
}
