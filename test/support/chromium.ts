import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'
import { temporaryFolder } from './folders.ts'

const QUIET = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run']
const OFFLINE = [
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
]

/** Starts the headless Chromium of the npm package: its own shared libraries and its own font, nothing installed. */
export async function launchChromium(): Promise<Browser> {
	const folder = await unpacked()
	const env = {
		...process.env,
		LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
		FONTCONFIG_FILE: join(folder, 'fonts', 'fonts.conf'),
	}
	return chromium.launch({ executablePath: join(folder, 'chromium'), args: [...QUIET, ...OFFLINE], env })
}

/** Unpacked once a run (2 s); of two processes that do it at once the first one wins. */
async function unpacked(): Promise<string> {
	const shared = join(process.env.TEST_FOLDER ?? tmpdir(), 'chromium')
	if (existsSync(shared)) return shared
	const folder = temporaryFolder('chromium')
	// The package unpacks to TMPDIR, and its shared libraries only where it believes to be in the cloud.
	const env = { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' }
	const program = "import chromium from '@sparticuz/chromium'; await chromium.executablePath()"
	await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { env, cwd: import.meta.dirname })
	await writeFile(join(folder, 'fonts', 'fonts.conf'), fontSettings(temporaryFolder('font-cache')))
	return rename(folder, shared).then(
		() => shared,
		() => folder,
	)
}

/** Only the font of the package (Open Sans, Cyrillic included): pages look the same on every machine. */
function fontSettings(cache: string): string {
	return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir>${cache}</cachedir></fontconfig>
`
}
