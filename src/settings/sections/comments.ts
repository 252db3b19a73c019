import type { CommentPolicy } from '../../comments/policy.ts'
import type { SettingField } from '../../views/settings-model.ts'
import { field, linesOf, numberIn, type Section, type Stand } from './section.ts'

/** Numbers with their bounds. */
const NUMBERS = {
	closeAfterDays: [0, 36_500],
	maxLinks: [0, 100],
	depth: [1, 10],
	perPage: [10, 500],
	keepAddressDays: [0, 3650],
} as const
const FLAGS = ['open', 'pings', 'requireEmail', 'holdFirst', 'gravatar'] as const
const WORDS = ['moderationWords', 'disallowedWords'] as const
const MOST_WORDS = 1000
const LONGEST_WORD = 100

type NumberName = keyof typeof NUMBERS

/** How responses are taken and shown. */
export const comments: Section = {
	name: 'responses',
	current: ({ settings: { comments: policy, mentions } }) => {
		const form = new URLSearchParams({ order: policy.order })
		for (const name of Object.keys(NUMBERS) as NumberName[]) form.set(name, String(policy[name]))
		for (const name of FLAGS) if (policy[name]) form.set(name, '1')
		for (const name of WORDS) form.set(name, policy[name].join('\n'))
		if (mentions.receive) form.set('receive', '1')
		if (mentions.send) form.set('send', '1')
		return form
	},
	groups: ({ t }, form) => {
		const flag = (name: string, label: string, hint?: string) => field(form, 'flag', name, { label, hint, value: '1' })
		const number = (name: NumberName, label: string, hint?: string) => {
			const [least, most] = NUMBERS[name]
			return field(form, 'number', name, { label, hint, least, most })
		}
		return [
			{
				legend: t('settings.whoMay'),
				fields: [
					flag('open', t('settings.open'), t('settings.openHint')),
					number('closeAfterDays', t('settings.closeAfterDays'), t('settings.closeAfterDaysHint')),
					flag('requireEmail', t('settings.requireEmail')),
				],
			},
			{
				legend: t('settings.whatWaits'),
				fields: [
					flag('holdFirst', t('settings.holdFirst'), t('settings.holdFirstHint')),
					number('maxLinks', t('settings.maxLinks')),
					field(form, 'area', 'moderationWords', {
						label: t('settings.moderationWords'),
						hint: t('settings.wordsHint'),
					}),
					field(form, 'area', 'disallowedWords', {
						label: t('settings.disallowedWords'),
						hint: t('settings.wordsHint'),
					}),
				],
			},
			{
				legend: t('settings.mentions'),
				fields: [
					flag('receive', t('settings.receive'), t('settings.receiveHint')),
					flag('pings', t('settings.pings')),
					flag('send', t('settings.send'), t('settings.sendHint')),
				],
			},
			{
				legend: t('settings.looks'),
				fields: [
					orderField(form, t),
					number('depth', t('settings.depth')),
					number('perPage', t('settings.perPage')),
					flag('gravatar', t('settings.gravatar'), t('settings.gravatarHint')),
				],
			},
			{
				legend: t('settings.privacy'),
				fields: [number('keepAddressDays', t('settings.keepAddressDays'), t('settings.keepAddressDaysHint'))],
			},
		]
	},
	check: (stand, form) => {
		const errors = errorsOf(stand, form)
		if (Object.keys(errors).length > 0) return { errors, writes: [] }
		const mentions = { receive: form.has('receive'), send: form.has('send') }
		return {
			errors,
			writes: [
				{ key: 'comments', value: policyOf(form) },
				{ key: 'mentions', value: mentions },
			],
		}
	},
}

function orderField(form: URLSearchParams, t: Stand['t']): SettingField {
	return field(form, 'choice', 'order', {
		label: t('settings.order'),
		choices: (['oldest', 'newest'] as const).map((value) => ({
			value,
			// i18n: settings.orders.oldest settings.orders.newest
			text: t(`settings.orders.${value}`),
			checked: form.get('order') === value,
		})),
	})
}

function errorsOf({ t }: Stand, form: URLSearchParams): Record<string, string> {
	const errors: Record<string, string> = {}
	for (const [name, [least, most]] of Object.entries(NUMBERS)) {
		if (numberIn(form, name, least, most) === undefined) errors[name] = t('settings.errors.number', { least, most })
	}
	for (const name of WORDS) {
		const words = linesOf(form.get(name) ?? '')
		if (words.length > MOST_WORDS) errors[name] = t('settings.errors.many', { count: MOST_WORDS })
		if (words.some((word) => word.length > LONGEST_WORD))
			errors[name] = t('settings.errors.word', { count: LONGEST_WORD })
	}
	return errors
}

function policyOf(form: URLSearchParams): CommentPolicy {
	const number = (name: NumberName) => {
		const [least, most] = NUMBERS[name]
		return numberIn(form, name, least, most)!
	}
	return {
		open: form.has('open'),
		pings: form.has('pings'),
		requireEmail: form.has('requireEmail'),
		holdFirst: form.has('holdFirst'),
		gravatar: form.has('gravatar'),
		order: form.get('order') === 'newest' ? 'newest' : 'oldest',
		closeAfterDays: number('closeAfterDays'),
		maxLinks: number('maxLinks'),
		depth: number('depth'),
		perPage: number('perPage'),
		keepAddressDays: number('keepAddressDays'),
		moderationWords: linesOf(form.get('moderationWords') ?? ''),
		disallowedWords: linesOf(form.get('disallowedWords') ?? ''),
	}
}
