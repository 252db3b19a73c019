import { WIDGETS, type Widget } from '../settings.ts'
import { formOf, movesOf, rowsOf } from './rows.ts'
import { field, type Section } from './section.ts'

/** What stands beside listings, and in which order. */
export const widgets: Section = {
	name: 'widgets',
	current: ({ settings }) => {
		const off = WIDGETS.filter((name) => !settings.widgets.includes(name))
		const form = formOf([...settings.widgets, ...off].map((widget) => ({ widget })))
		for (const name of settings.widgets) form.append('on', name)
		return form
	},
	groups: ({ t }, form) => {
		const order = orderOf(form)
		return order.map((widget, at) => {
			// i18n: settings.widgets.calendar settings.widgets.recentPosts settings.widgets.recentResponses
			// i18n: settings.widgets.categories settings.widgets.tags settings.widgets.months
			const label = t(`settings.widgets.${widget}`)
			const checked = form.getAll('on').includes(widget)
			return {
				isRow: true,
				moves: movesOf(t, at, order.length, label).filter(({ value }) => !value.endsWith('remove')),
				fields: [
					field(form, 'flag', 'on', { id: `on-${widget}`, label, value: widget, checked }),
					field(form, 'hidden', 'widget', { id: `widget-${widget}`, label, value: widget }),
				],
			}
		})
	},
	check: (_, form) => {
		const on = form.getAll('on')
		return { errors: {}, writes: [{ key: 'widgets', value: orderOf(form).filter((widget) => on.includes(widget)) }] }
	},
}

/** All of them, in the order of the form. */
function orderOf(form: URLSearchParams): Widget[] {
	const named = rowsOf(form, ['widget'])
		.map(({ widget }) => WIDGETS.find((name) => name === widget))
		.filter((widget) => widget !== undefined)
	return [...new Set([...named, ...WIDGETS])]
}
