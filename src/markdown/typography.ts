import typograf from 'typograf'

/** Rules that only change how marks look, never what is said; the rest of typograf (dates, sums, typos …) stays off. */
const RULES = [
	'common/html/quot',
	'common/nbsp/afterParagraphMark',
	'common/nbsp/afterSectionMark',
	'common/nbsp/afterShortWord',
	'common/nbsp/beforeShortLastWord',
	'common/punctuation/apostrophe',
	'common/punctuation/hellip',
	'common/punctuation/quote',
	'en-US/dash/main',
	'ru/dash/directSpeech',
	'ru/dash/main',
	'ru/nbsp/abbr',
	'ru/nbsp/afterNumberSign',
	'ru/nbsp/beforeParticle',
	'ru/nbsp/centuries',
	'ru/nbsp/dayMonth',
	'ru/nbsp/initials',
	'ru/nbsp/mln',
	'ru/nbsp/page',
	'ru/nbsp/see',
	'ru/nbsp/year',
]

/** Its types describe the CommonJS file, where the class is one level deeper than in the module that Node loads. */
const Typograf = typograf as unknown as typeof typograf.default
type Typograf = InstanceType<typeof Typograf>

const engines = new Map<string, Typograf>()

/** Typography of a language for HTML: quotes, dashes, unbreakable spaces; code, attributes and addresses stay. */
export function typeset(html: string, locale: string): string {
	return engine(locale)?.execute(html) ?? html
}

/** The same for a line of plain text, such as a title. */
export function typesetTitle(text: string, locale: string): string {
	return engine(locale)?.execute(text) ?? text
}

function engine(locale: string): Typograf | undefined {
	const [language = ''] = locale.toLowerCase().split('-')
	const rules = { ru: ['ru', 'en-US'], en: ['en-US'] }[language]
	if (!rules) return undefined
	const known = engines.get(language) ?? new Typograf({ locale: rules, disableRule: '*', enableRule: RULES })
	engines.set(language, known)
	return known
}
