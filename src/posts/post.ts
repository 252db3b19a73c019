import type { Status, Time } from '../db/schema.ts'

const WORDS_A_MINUTE = 180

/** Minutes to read `words` words, at least 1. */
export function readingMinutes(words: number): number {
	return Math.max(1, Math.round(words / WORDS_A_MINUTE))
}

/** Tells what readers see: published, and its time has come. */
export function isVisible({ status, published_at }: { status: Status; published_at: Time | null }, now: Time): boolean {
	return status === 'published' && published_at !== null && published_at <= now
}

/** A translation is out of date when its source has had a change that wasn't a small one since. */
export function isOutdated(
	translation: { source_locale: string | null; source_revision: number | null },
	source: { major_revision: number } | undefined,
): boolean {
	return source !== undefined && (translation.source_revision ?? 0) < source.major_revision
}
