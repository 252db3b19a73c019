import { audit } from '../../authors/audit-queries.ts'
import type { SignedIn } from '../../authors/sessions.ts'
import { languageName } from '../../i18n/languages.ts'
import { adminPage, leadTo } from '../../site/admin-page.ts'
import { ThemeError } from '../../views/theme-error.ts'
import { readForm } from '../../web/body.ts'
import type { Context } from '../../web/context.ts'
import { noticeOf } from '../../web/notice.ts'
import { queryOf } from '../../web/query.ts'
import { deleteSetting, writeSetting } from '../queries.ts'
import { tabsOf } from '../tabs.ts'

const HOME = '/admin/settings/themes/'

/** The themes; `?show=NAME` tries one on, for the owner alone. */
export async function themesPage(ctx: Context, author: SignedIn): Promise<void> {
	show(ctx, author, queryOf(ctx).get('show') ?? '')
}

/** Makes a theme the one that readers see; without a name it is THEME again. */
export async function chooseTheme(ctx: Context, author: SignedIn): Promise<void> {
	const { db, clock, themes } = ctx.blog
	const name = (await readForm(ctx)).get('theme') ?? ''
	const problem = name === '' ? undefined : problemOf(ctx, name)
	if (problem) return show(ctx, author, '', problem)
	await db.transaction().execute(async (trx) => {
		if (name === '') await deleteSetting(trx, 'theme', '')
		else await writeSetting(trx, 'theme', '', name)
		await audit(trx, { authorId: author.id, action: 'theme-changed', subject: 'settings/themes/', name, now: clock() })
	})
	themes.choose(name || undefined)
	leadTo(ctx, `${HOME}?done=saved`)
}

/** Why a theme can't be worn. */
function problemOf({ blog: { themes }, state: { t } }: Context, name: string): string | undefined {
	try {
		return themes.find(name) ? undefined : t('themes.gone')
	} catch (error) {
		if (!(error instanceof ThemeError)) throw error
		return t('themes.broken', { reason: error.message })
	}
}

function show(ctx: Context, author: SignedIn, shown: string, alert?: string): void {
	const { blog, state } = ctx
	const { t, settings, locale } = state
	const list = blog.themes.list()
	const asked = queryOf(ctx)
	const lang = blog.config.languages.find((code) => code === asked.get('lang')) ?? locale
	const page = asked.get('page') === 'post' ? 'post' : 'home'
	const tried = list.find(({ folder }) => folder === shown)
	const look = (lang: string, page: string) => `${HOME}?${new URLSearchParams({ show: shown, lang, page })}`
	adminPage(
		ctx,
		author,
		'themes',
		{
			heading: t('settings.heading'),
			notice: alert ? undefined : noticeOf(ctx, { saved: 'admin.done.saved' }),
			alert,
			tabs: tabsOf(t, 'themes'),
			intro: t('themes.intro', { name: blog.config.theme, setting: 'THEME' }),
			action: HOME,
			themes: list.map(({ folder, name }) => ({
				folder,
				name,
				isCurrent: folder === blog.theme.name,
				href: `${HOME}?show=${folder}`,
				label: t('themes.previewOf', { name }),
				choose: t('themes.chooseOf', { name }),
			})),
			canReset: settings.theme !== undefined,
			preview: tried && {
				title: t('themes.previewOf', { name: tried.name }),
				src: `/admin/themes/${tried.folder}/preview/?${new URLSearchParams({ lang, page })}`,
				views: blog.config.languages.flatMap((code) => [
					{
						href: look(code, 'home'),
						text: `${languageName(code)}: ${t('themes.home')}`,
						current: code === lang && page === 'home',
					},
					{
						href: look(code, 'post'),
						text: `${languageName(code)}: ${t('themes.post')}`,
						current: code === lang && page === 'post',
					},
				]),
			},
		},
		alert ? 422 : 200,
	)
}
