import type { Translate } from '../../i18n/catalog.ts'
import { languageName } from '../../i18n/languages.ts'
import { KINDS, type Lacks } from './lacks.ts'

/** Something that is lacking, in words, and where it is mended. */
export interface LackText {
	text: string
	href?: string
}

/**
 * What is lacking in words; `places` are where each is mended.
 * i18n: translating.lacks.title translating.lacks.text translating.lacks.excerpt translating.lacks.alts
 * translating.lacks.terms
 */
export function lackTexts(
	t: Translate,
	lacks: Lacks,
	lang: string,
	places: Partial<Record<keyof Lacks, string>> = {},
): LackText[] {
	return KINDS.filter((kind) => lacks[kind] > 0).map((kind) => ({
		text: t(`translating.lacks.${kind}`, { count: lacks[kind], language: languageName(lang) }),
		href: places[kind],
	}))
}
