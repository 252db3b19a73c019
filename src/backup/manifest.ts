import type { Written } from '../zip/write.ts'
import { KEPT } from './tables.ts'

/** Grows when an older program can't read what a newer one writes. */
export const FORMAT = 1
export const MANIFEST = 'manifest.json'
export const MEDIA_LIST = 'media.jsonl'

/** The member that holds a table: a line of JSON for each row. */
export function tableMember(table: string): string {
	return `tables/${table}.jsonl`
}

/** What a backup says about itself. */
export interface Manifest {
	program: 'otklik'
	format: number
	/** Of the program that made it. */
	version: string
	/** ISO 8601. */
	made: string
	site: string
	languages: string[]
	/** Those the database had. */
	migrations: string[]
	/** Rows of each table. */
	tables: Record<string, number>
	/** The greatest number each table has given out. */
	numbers: Record<string, number>
	/** Files of media. */
	files: number
	/** Files that the database names and the storage didn't have. */
	missing: string[]
	/** Every other member by name. */
	members: Record<string, Written>
}

/** What makes a file no backup that this program can restore; told as one line. */
export class NotRestorable extends Error {
	override name = 'NotRestorable'
}

/**
 * Reads a manifest; `migrations` are those this program has.
 * @throws NotRestorable when it isn't one, or is of a newer program
 */
export function readManifest(text: string, migrations: string[]): Manifest {
	const manifest = parse(text)
	if (manifest.program !== 'otklik') throw new NotRestorable('it is no backup of Otklik')
	const newer = Array.isArray(manifest.migrations) && manifest.migrations.find((name) => !migrations.includes(name))
	if (manifest.format > FORMAT || newer) {
		throw new NotRestorable(
			`it was made by a newer Otklik (${manifest.version}${newer ? `, ${newer}` : ''}): update this one`,
		)
	}
	if (!isWhole(manifest)) throw new NotRestorable('its manifest is damaged')
	return manifest
}

function parse(text: string): Manifest {
	try {
		return Object(JSON.parse(text))
	} catch {
		throw new NotRestorable('its manifest is damaged')
	}
}

function isWhole({ format, migrations, tables, numbers, members, files, missing }: Manifest): boolean {
	const areCounts = (counts: unknown) => isRecord(counts) && Object.values(counts).every(isCount)
	return (
		format === FORMAT &&
		areTexts(migrations) &&
		migrations.length > 0 &&
		areTexts(missing) &&
		isCount(files) &&
		areCounts(tables) &&
		areCounts(numbers) &&
		[...Object.keys(tables), ...Object.keys(numbers)].every((table) => /^[a-z_]+$/.test(table)) &&
		Object.keys(tables).every((table) => KEPT.includes(table)) &&
		isRecord(members) &&
		Object.values(members).every((member) => isRecord(member) && isCount(member.bytes) && isHash(member.sha256))
	)
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function areTexts(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

/** Whether this is a number of things. */
export function isCount(value: unknown): value is number {
	return Number.isSafeInteger(value) && (value as number) >= 0
}

/** Whether this is a SHA-256. */
export function isHash(value: unknown): value is string {
	return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}
