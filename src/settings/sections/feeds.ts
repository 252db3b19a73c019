import { field, linesOf, type Section } from './section.ts'

const MOST_HUBS = 5

/** What readers of feeds get, and who is told of new posts. */
export const feeds: Section = {
	name: 'feeds',
	current: ({ settings }) => new URLSearchParams({ text: settings.feeds.text, hubs: settings.hubs.join('\n') }),
	groups: ({ t }, form) => [
		{
			legend: t('settings.feedText'),
			fields: [
				field(form, 'choice', 'text', {
					label: t('settings.feedText'),
					choices: (['full', 'summary'] as const).map((value) => ({
						value,
						// i18n: settings.feedTexts.full settings.feedTexts.summary
						text: t(`settings.feedTexts.${value}`),
						checked: form.get('text') === value,
					})),
				}),
			],
		},
		{
			legend: t('settings.hubs'),
			fields: [field(form, 'area', 'hubs', { label: t('settings.hubsLabel'), hint: t('settings.hubsHint') })],
		},
	],
	check: ({ t }, form) => {
		const hubs = linesOf(form.get('hubs') ?? '')
		const errors: Record<string, string> = {}
		if (!hubs.every(isHub)) errors.hubs = t('settings.errors.hubs')
		if (hubs.length > MOST_HUBS) errors.hubs = t('settings.errors.many', { count: MOST_HUBS })
		const text = form.get('text') === 'summary' ? 'summary' : 'full'
		return {
			errors,
			writes: [
				{ key: 'feeds', value: { text } },
				{ key: 'hubs', value: hubs },
			],
		}
	},
}

function isHub(address: string): boolean {
	const url = URL.parse(address)
	return address.length <= 500 && /^https?:$/.test(url?.protocol ?? '') && !url?.username
}
