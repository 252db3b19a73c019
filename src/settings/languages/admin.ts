import type { SignedIn } from '../../authors/sessions.ts'
import { completenessOfAll } from '../../i18n/completeness.ts'
import { languageName } from '../../i18n/languages.ts'
import { countByLanguage } from '../../posts/waiting-queries.ts'
import { adminPage } from '../../site/admin-page.ts'
import type { Context } from '../../web/context.ts'
import { tabsOf } from '../tabs.ts'

const MOST_MISSING = 50

/** The languages of the blog: how much of its interface each speaks, and how much is written in it. */
export async function languagesPage(ctx: Context, author: SignedIn): Promise<void> {
	const { t, locale } = ctx.state
	const { db, config } = ctx.blog
	const written = await countByLanguage(db)
	const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
	const format = new Intl.NumberFormat(locale)
	const known = completenessOfAll()
	const own = config.languages.map((code) => known.find((one) => one.code === code)!)
	adminPage(ctx, author, 'languages', {
		heading: t('settings.heading'),
		tabs: tabsOf(t, 'languages'),
		rows: own.map(({ code, known, total, missing }, index) => ({
			code,
			name: languageName(code),
			isDefault: index === 0,
			// Not all of it is never 100 %.
			percent: percent.format(Math.floor((known / total) * 100) / 100),
			value: String(known),
			most: String(total),
			missing: missing.slice(0, MOST_MISSING),
			published: format.format(written.get(code)?.published ?? 0),
			drafts: format.format(written.get(code)?.drafts ?? 0),
		})),
		others: known
			.filter(({ code }) => !config.languages.includes(code))
			.map(({ code }) => `${languageName(code)} (${code})`),
	})
}
