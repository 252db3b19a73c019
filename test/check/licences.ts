import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// node test/check/licences.ts --write: writes docs/licences.md anew.

const root = join(import.meta.dirname, '../..')

/** What a program under MIT may be given out with, without any duty for those who run or change it. */
export const ALLOWED = [
	...['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'MIT-0'],
	...['Python-2.0', 'Unlicense'],
]

/** A library of its own that is loaded as it is, and may be replaced: that is all the LGPL asks. */
const LOADED = /^@img\/sharp-/

export interface Package {
	name: string
	version: string
	licence: string
	dev: boolean
}

interface Locked {
	version: string
	license?: string
	dev?: boolean
	devOptional?: boolean
	hasInstallScript?: boolean
}

/** What package.json and the lockfile say. */
export function readManifests() {
	const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'))
	const packages = read('package-lock.json').packages as Record<string, Locked>
	return { manifest: read('package.json'), packages }
}

/** Every package of the lockfile, by name and version. */
export function listPackages(packages = readManifests().packages): Package[] {
	const all = Object.entries(packages)
		.filter(([path]) => path !== '')
		.map(([path, { version, license, dev = false, devOptional = false }]) => ({
			name: path.replace(/^.*node_modules\//, ''),
			version,
			licence: license ?? licenceIn(path),
			dev: dev || devOptional,
		}))
	const byName = new Map(all.map((one) => [`${one.name} ${one.version} ${one.dev}`, one]))
	return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

/** Old packages say it in another way, which the lockfile leaves out. */
function licenceIn(path: string): string {
	const file = join(root, path, 'package.json')
	if (!existsSync(file)) return 'unknown'
	const { license, licenses = [] } = JSON.parse(readFileSync(file, 'utf8'))
	return license?.type ?? license ?? (licenses.map(({ type }: { type: string }) => type).join(' OR ') || 'unknown')
}

/** Whether a package may come along: one of the licences that `OR` offers, all that `AND` asks. */
export function isAllowed({ name, licence }: Pick<Package, 'name' | 'licence'>): boolean {
	const choices = licence.replace(/^\(|\)$/g, '').split(' OR ')
	return choices.some((choice) =>
		choice.split(' AND ').every((one) => ALLOWED.includes(one) || (one.startsWith('LGPL-3.0') && LOADED.test(name))),
	)
}

/** The page docs/licences.md as it should be. */
export function licencesPage(): string {
	const packages = listPackages().filter(({ dev }) => !dev)
	const groups = [...Map.groupBy(packages, ({ licence }) => licence)].sort(([a], [b]) => (a < b ? -1 : 1))
	const lines = groups.flatMap(([licence, group]) => [
		...['', `## ${licence}`, ''],
		`${group.map(({ name, version }) => `${name} ${version}`).join(', ')}`,
	])
	return `${[...HEAD, ...lines].join('\n')}\n`
}

const HEAD = [
	'# Licences of what comes along',
	'',
	'Otklik is under the [MIT licence](../LICENSE). `npm ci` fetches these packages, each with the text of its own licence in its folder; none is copied into this repository. What is marked LGPL is libvips, which `sharp` loads as a library of its own. Made by `node test/check/licences.ts --write`.',
	'',
	'Copied into the repository: `src/authors/common-passwords.txt`, the first 20,000 passwords of `@zxcvbn-ts/language-common` 4.1.3 (MIT, © 2012–2016 Dan Wheeler and Dropbox, Inc., © 2021 @zxcvbn-ts), and Russian words of our own after them.',
]

if (process.argv[1] === import.meta.filename && process.argv[2] === '--write') {
	writeFileSync(join(root, 'docs/licences.md'), licencesPage())
}
