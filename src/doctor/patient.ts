import type { Config } from '../config.ts'
import type { Db, Time } from '../db/schema.ts'
import type { Catalog } from '../i18n/catalog.ts'
import type { OwnAnswer } from '../net/own.ts'
import type { Storage } from '../storage/storage.ts'
import type { Found } from './finding.ts'

/** A blog that is looked at, and what it is looked at with. */
export interface Patient {
	config: Config
	db: Db
	storage: Storage
	catalog: Catalog
	now: Time
	/** Bytes of the file system that a folder is on. */
	room(folder: string): Promise<{ free: number; total: number }>
	/** Asks the blog itself, as this program would serve it, for a path. */
	ask(path: string): Promise<OwnAnswer>
	/** Asks whatever answers at SITE_URL for a path; undefined when nobody does. */
	askSite(path: string): Promise<OwnAnswer | undefined>
	/** Hears that a part of the work is done. */
	advance(by: number): void
}

/** Looks at one side of a blog, in memory that doesn't grow with it. */
export interface Check {
	name: string
	run(patient: Patient, found: Found): Promise<void> | void
}
