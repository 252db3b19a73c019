import type { AdminShell } from './admin-model.ts'
import type { Moment } from './model.ts'
import type { SettingField } from './settings-model.ts'

/** Where a blog is backed up and exported. */
export interface BackupsPage extends AdminShell {
	intro: string
	action: string
	fields: SettingField[]
	now: string
	exports: string
	runs: BackupRow[]
}

/** A backup that the blog has made. */
export interface BackupRow {
	name: string
	/** When the file is there to be downloaded. */
	href?: string
	when: Moment
	/** `running`, `done`, `failed`, `cut`. */
	state: string
	status: string
	size?: string
	place: string
	error?: string
}
