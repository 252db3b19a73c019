import type { Time } from '../db/schema.ts'
import { formatMoment } from '../i18n/dates.ts'
import type { Context } from '../web/context.ts'

/** A title to show: a post that has none is called by its date. */
export function titleOf({ title, published_at }: { title: string; published_at: Time | null }, ctx: Context): string {
	return title.trim() || formatMoment(published_at ?? 0, ctx.state.locale, ctx.blog.config.timezone).text
}
