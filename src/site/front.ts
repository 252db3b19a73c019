import type { Context } from '../web/context.ts'
import { wishedLanguage } from '../web/language.ts'
import { redirect } from '../web/redirect.ts'
import { oldAddress } from './old-addresses.ts'

/** `/` leads to the reader's language; `/?p=12` of an imported blog to its post. */
export async function front(ctx: Context): Promise<void> {
	if (ctx.search && (await oldAddress(ctx))) return
	ctx.vary('Accept-Language')
	ctx.vary('Cookie')
	redirect(ctx, `/${wishedLanguage(ctx)}/`, 302)
}
