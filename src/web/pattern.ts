import type { Middleware } from 'koa'
import type { Context } from './context.ts'
import { nameRoute } from './route.ts'

/** What a parameter of this name may be; any other is one part of a path. */
const SHAPES: Record<string, string> = {
	year: '\\d{4}',
	month: '\\d{2}',
	day: '\\d{2}',
	page: '\\d{1,9}',
	number: '\\d{1,9}',
	file: '.+',
	token: '[\\w-]{32}',
}

/** A route's path as an expression and the reading of its parameters: `/:locale/:year/` asks for four digits. */
export function pattern(path: string, languages: string[]): [RegExp, Middleware] {
	const shapes: Record<string, string> = { ...SHAPES, locale: languages.join('|') }
	const source = path.replaceAll('.', '\\.').replace(/:(\w+)/g, (_, name) => `(?<${name}>${shapes[name] ?? '[^/]+'})`)
	const expression = new RegExp(`^${source}$`)
	const name = path.replace(/\?$/, '')
	return [
		expression,
		(context, next) => {
			const ctx = context as unknown as Context
			nameRoute(ctx.req, name)
			const groups = expression.exec(ctx.path)?.groups ?? {}
			ctx.params = Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]))
			return next()
		},
	]
}
