import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Makes an empty folder; test/run.ts removes it at the end. */
export function temporaryFolder(name = 'test'): string {
	return mkdtempSync(join(process.env.TEST_FOLDER ?? tmpdir(), `${name}-`))
}
