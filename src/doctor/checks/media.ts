import { readWidths, versionsOf } from '../../media/versions.ts'
import type { Found } from '../finding.ts'
import type { Check, Patient } from '../patient.ts'
import { everyFace, everyMedia, knownFaces, knownPaths } from '../queries.ts'

const HOUR = 60 * 60 * 1000
const AT_ONCE = 8
const BATCH = 200
const LOST = 'Put the file back, or delete it from the library at /admin/media/; a backup has it.'
/** What a picture may have been uploaded as, when a smaller version of it is found. */
const PICTURES = ['jpg', 'jpeg', 'png', 'gif', 'webp', 'avif', 'JPG', 'JPEG', 'PNG', 'GIF']

/** Whether every upload has its file, and every file its upload. */
export const media: Check = {
	name: 'media',
	async run(patient, found) {
		await findLost(patient, found)
		await findUnknown(patient, found)
	},
}

async function findLost({ db, storage, advance }: Patient, found: Found): Promise<void> {
	for await (const rows of everyMedia(db)) {
		const files = rows.flatMap(({ id, path, bytes, width, widths }) => [
			{ subject: `upload ${id} (${path})`, key: path, bytes },
			...(width === null ? [] : versionsOf({ path, width }, readWidths(widths))).map((version) => ({
				...{ subject: `upload ${id} (${version.path})`, key: version.path, bytes: undefined },
			})),
		])
		await each(files, async ({ subject, key, bytes }) => {
			const stored = await storage.stat(key)
			if (!stored) found.error(subject, 'has no file in the storage: readers see nothing there', LOST)
			else if (bytes !== undefined && stored.bytes !== bytes) {
				found.error(subject, `has ${stored.bytes} bytes in the storage instead of ${bytes}`, LOST)
			}
		})
		advance(rows.length)
	}
	for await (const rows of everyFace(db)) {
		await each(rows, async ({ id, photo }) => {
			if (await storage.stat(photo)) return
			found.warning(`response ${id}`, `shows a picture (${photo}) that isn't in the storage`, 'A backup has it.')
		})
	}
}

/** Files that are told of by no row take room, and nothing else; what has just come may not have its row yet. */
async function findUnknown({ db, storage, now }: Patient, found: Found): Promise<void> {
	let keys: string[] = []
	for await (const key of storage.keys()) {
		keys.push(key)
		if (keys.length === BATCH) keys = await tell(keys)
	}
	await tell(keys)

	async function tell(keys: string[]): Promise<string[]> {
		for (const key of await unknownOf(db, keys)) {
			const stored = await storage.stat(key)
			if (!stored || stored.storedAt > now - HOUR) continue
			found.warning(
				key,
				`is in the storage (${stored.bytes} bytes), and no upload has it`,
				'Delete it, or upload it anew.',
			)
		}
		return []
	}
}

async function unknownOf(db: Patient['db'], keys: string[]): Promise<string[]> {
	// Portraits are kept for a week, and cleaned up by the blog itself.
	const files = keys.filter((key) => !key.startsWith('avatars/'))
	const faces = files.filter((key) => key.startsWith('mentions/'))
	const known = await knownFaces(db, faces)
	const origins = new Map(files.filter((key) => !faces.includes(key)).map((key) => [key, originsOf(key)]))
	const paths = await knownPaths(db, [...new Set([...origins.values()].flat())])
	return files.filter((key) => !known.has(key) && !origins.get(key)?.some((path) => paths.has(path)))
}

/** What a file may be: an upload, or a smaller version of one. */
function originsOf(key: string): string[] {
	const [, stem] = /^(.*)\.\d+w\.[^.]+$/.exec(key) ?? []
	return [key, ...(stem === undefined ? [] : PICTURES.map((extension) => `${stem}.${extension}`))]
}

async function each<T>(all: T[], work: (one: T) => Promise<void>): Promise<void> {
	for (let start = 0; start < all.length; start += AT_ONCE) {
		await Promise.all(all.slice(start, start + AT_ONCE).map(work))
	}
}
