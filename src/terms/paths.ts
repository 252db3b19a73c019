import type { TermKind } from '../db/schema.ts'

/** `/ru/tag/slug/` */
export function termPath(locale: string, { kind, slug }: { kind: TermKind; slug: string }): string {
	return `/${locale}/${kind}/${encodeURIComponent(slug)}/`
}
