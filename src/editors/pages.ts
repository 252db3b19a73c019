import { respond } from '../web/conditional.ts'
import type { Context } from '../web/context.ts'
import { queryOf } from '../web/query.ts'
import { escapeXml } from '../web/xml.ts'

const APIS = ['WordPress', 'Movable Type', 'MetaWeblog', 'Blogger']

/** Where editors find what to call (Really Simple Discovery 1.0), in the default language or that of `?lang=`. */
export function rsd(ctx: Context): void {
	const { config, clock } = ctx.blog
	const asked = queryOf(ctx).get('lang') ?? ''
	const locale = config.languages.includes(asked) ? asked : config.languages[0]!
	const { siteUrl } = config
	const apis = APIS.map(
		(name, place) =>
			`<api name="${name}" blogID="${locale}" preferred="${place === 0}" apiLink="${escapeXml(siteUrl)}/xmlrpc"/>`,
	)
	const xml = [
		'<?xml version="1.0" encoding="UTF-8"?>',
		'<rsd version="1.0" xmlns="http://archipelago.phrasewise.com/rsd"><service>',
		'<engineName>Otklik</engineName>',
		`<engineLink>${escapeXml(siteUrl)}/</engineLink>`,
		`<homePageLink>${escapeXml(siteUrl)}/${locale}/</homePageLink>`,
		`<apis>${apis.join('')}</apis>`,
		'</service></rsd>\n',
	].join('\n')
	respond(ctx, 'application/rsd+xml; charset=utf-8', xml, {}, clock())
}
