import { audit } from '../authors/audit-queries.ts'
import type { SignedIn } from '../authors/sessions.ts'
import { notFound } from '../errors.ts'
import { adminPage, leadTo } from '../site/admin-page.ts'
import { readForm } from '../web/body.ts'
import type { Context } from '../web/context.ts'
import { MOST_BYTES } from '../web/fields.ts'
import { noticeOf } from '../web/notice.ts'
import { deleteSetting, writeSetting } from './queries.ts'
import type { Section, Stand, Write } from './sections/section.ts'
import { SECTIONS, sectionPath } from './sections.ts'
import { tabsOf } from './tabs.ts'

/** A section of the settings. */
export async function settingsPage(ctx: Context, author: SignedIn): Promise<void> {
	const section = sectionOf(ctx)
	await show(ctx, author, section, await section.current(standOf(ctx)))
}

/** Stores a section, or shows it again with what is wrong. */
export async function saveSettings(ctx: Context, author: SignedIn): Promise<void> {
	const section = sectionOf(ctx)
	const form = await readForm(ctx, MOST_BYTES)
	const { errors, writes } = await section.check(standOf(ctx), form)
	if (Object.keys(errors).length > 0) return show(ctx, author, section, form, errors)
	await store(ctx, author, section, writes)
	leadTo(ctx, `${sectionPath(section.name)}?done=saved`)
}

async function store({ blog }: Context, author: SignedIn, section: Section, writes: Write[]): Promise<void> {
	await blog.db.transaction().execute(async (trx) => {
		const subject = sectionPath(section.name).slice('/admin/'.length)
		await audit(trx, { authorId: author.id, action: 'settings-changed', subject, now: blog.clock() })
		for (const { key, locale = '', value } of writes) {
			if (value === undefined) await deleteSetting(trx, key, locale)
			else await writeSetting(trx, key, locale, value)
		}
	})
}

async function show(
	ctx: Context,
	author: SignedIn,
	section: Section,
	form: URLSearchParams,
	errors: Record<string, string> = {},
): Promise<void> {
	const { t } = ctx.state
	const isWrong = Object.keys(errors).length > 0
	const groups = await section.groups(standOf(ctx), form)
	const page = {
		heading: t('settings.heading'),
		notice: isWrong ? undefined : noticeOf(ctx, { saved: 'admin.done.saved' }),
		alert: isWrong ? t('admin.mistakes') : undefined,
		tabs: tabsOf(t, section.name),
		// i18n: settings.intros.general settings.intros.responses settings.intros.menus settings.intros.profiles
		// i18n: settings.intros.widgets settings.intros.feeds
		intro: t(`settings.intros.${section.name || 'general'}`),
		action: sectionPath(section.name),
		groups: groups.map((group) => ({
			...group,
			fields: group.fields.map((field) => ({ ...field, error: errors[field.id] })),
		})),
	}
	adminPage(ctx, author, 'options', page, isWrong ? 422 : 200)
}

function sectionOf({ params }: Context): Section {
	const section = SECTIONS.find(({ name }) => name === (params.section ?? ''))
	if (!section) throw notFound()
	return section
}

function standOf({ blog, state }: Context): Stand {
	const { settings, locale, t } = state
	return { db: blog.db, now: blog.clock(), settings, languages: blog.config.languages, locale, t }
}
