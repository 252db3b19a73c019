import { existsSync } from 'node:fs'
import { ConfigError } from '../errors.ts'
import { type ImportOptions, type ImportTarget, importFile } from './wxr/import.ts'
import type { ImportReport } from './wxr/report.ts'

export { formatReport } from './wxr/format.ts'
export type { ImportOptions, ImportTarget } from './wxr/import.ts'
export { showProgress } from './wxr/progress.ts'
export type { ImportReport } from './wxr/report.ts'

/**
 * Imports a WordPress export (WXR); running it again adds only what is new. The database must be migrated.
 * @throws ConfigError when `lang` is not one of the blog's languages, or the file or the folder isn't there; Error when
 * the file is no export.
 * @example const report = await importWxr({ db, config, progress: showProgress(process.stderr) }, 'blog.xml', { lang: 'ru' })
 */
export async function importWxr(
	target: ImportTarget,
	file: string,
	options: ImportOptions = {},
): Promise<ImportReport> {
	const { languages } = target.config
	if (options.lang && !languages.includes(options.lang)) {
		throw new ConfigError(`--lang must be one of LANGUAGES (${languages.join(', ')}), not "${options.lang}"`)
	}
	if (!existsSync(file)) throw new ConfigError(`there is no file ${file}`)
	if (options.uploads && !existsSync(options.uploads)) throw new ConfigError(`there is no folder ${options.uploads}`)
	return importFile(target, file, options)
}
