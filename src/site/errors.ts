import type { MissingTranslation } from '../errors.ts'
import { languageName } from '../i18n/languages.ts'
import type { ErrorPage, Link } from '../views/model.ts'
import type { Context } from '../web/context.ts'
import { overviewOf } from './overview.ts'
import { answerPage } from './render.ts'
import { shellOf } from './shell.ts'
import { sidebarOf } from './sidebar.ts'

const KNOWN = [400, 403, 404, 405, 409, 410, 413, 414, 415, 422, 429, 500, 503]

interface Told {
	status: number
	heading: string
	text: string
	offers?: Link[]
	/** The calendar's month. */
	month?: { year: number; month?: number }
}

/** Answers an error in the reader's language. */
export async function errorPage(ctx: Context, status: number): Promise<void> {
	const key = KNOWN.includes(status) ? status : status < 500 ? 400 : 500
	const { t } = ctx.state
	// i18n: errors.400 errors.403 errors.404 errors.405 errors.409 errors.410 errors.413 errors.414 errors.415 errors.422 errors.429 errors.500 errors.503
	// i18n: errors.400Text errors.403Text errors.404Text errors.405Text errors.409Text errors.410Text errors.413Text errors.414Text errors.415Text errors.422Text errors.429Text errors.500Text errors.503Text
	await answer(ctx, { status, heading: t(`errors.${key}`), text: t(`errors.${key}Text`) })
}

/** A month or a day without posts: 404, with the calendar to lead on. */
export async function emptyArchivePage(ctx: Context, month: { year: number; month?: number }): Promise<void> {
	const { t } = ctx.state
	await answer(ctx, { status: 404, heading: t('errors.emptyMonth'), text: t('errors.emptyMonthText'), month })
}

/** A page that isn't there in the language asked for: the others are offered. */
export async function missingPage(ctx: Context, { status, elsewhere }: MissingTranslation): Promise<void> {
	const { t, locale } = ctx.state
	const offers = elsewhere
		// A language that the blog had once has no pages.
		.filter((page) => page.locale !== locale && ctx.blog.config.languages.includes(page.locale))
		.map(({ locale, path, title }) => ({ href: path, text: title || languageName(locale), lang: locale }))
	if (offers.length === 0) return errorPage(ctx, status)
	await answer(ctx, { status, heading: t('errors.missing'), text: t('errors.missingText'), offers })
}

async function answer(ctx: Context, { status, heading, text, offers = [], month }: Told): Promise<void> {
	const overview = await overviewOf(ctx)
	const model: ErrorPage = {
		...shellOf(ctx, overview, {
			kind: 'error',
			title: heading,
			siblings: [],
			robots: 'noindex',
			sidebar: await sidebarOf(ctx, overview, month),
		}),
		status,
		heading,
		text,
		offers,
	}
	answerPage(ctx, status, 'error', model)
}
