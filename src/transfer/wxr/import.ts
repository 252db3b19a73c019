import { stat } from 'node:fs/promises'
import { setFlagsFromString } from 'node:v8'
import type { Config } from '../../config.ts'
import { reserveNumbers } from '../../db/dialect.ts'
import type { Db } from '../../db/schema.ts'
import type { SafeFetch } from '../../net/fetch.ts'
import { openStorage } from '../../storage/open.ts'
import { exactAddresses } from './addresses.ts'
import { Authors } from './authors.ts'
import { planBatch } from './batch.ts'
import { createBring } from './bring.ts'
import { leaveComments } from './comments.ts'
import type { ImportContext } from './context.ts'
import { detectEncoding } from './encoding.ts'
import { type AttachmentPage, finishImport } from './finish.ts'
import { nameOf } from './kinds.ts'
import { makeDetector, matchLanguage } from './languages.ts'
import { itemKey } from './posts.ts'
import { Problems } from './problems.ts'
import type { Progress } from './progress.ts'
import { readTakenNames } from './queries.ts'
import { readWxr } from './reader.ts'
import { relink } from './relink.ts'
import { type ImportReport, Tally } from './report.ts'
import { said } from './said.ts'
import { Names } from './slugs.ts'
import { type Attachment, survey as surveyFile } from './survey.ts'
import { Terms } from './terms.ts'
import type { WxrItem } from './types.ts'
import { Uploads } from './uploads.ts'
import { writeBatch } from './write.ts'

const BATCH_ITEMS = 100
const BATCH_CHARACTERS = 2_000_000

/** How to import. */
export interface ImportOptions {
	/** The language of items that name none; else the export's own one, else the blog's first. */
	lang?: string
	/** Tell the language of such items by their text. */
	detect?: boolean
	/** The old blog's uploads folder, to copy files from. */
	uploads?: string
	/** Fetch from the old blog what is not in that folder. */
	fetch?: boolean
	/** Read and report, write nothing. */
	dryRun?: boolean
}

/** Where an import goes. */
export interface ImportTarget {
	db: Db
	config: Pick<Config, 'languages' | 'timezone' | 'storageUrl'>
	/** Fetches from the old blog; needed for the option of that name. */
	fetch?: SafeFetch
	progress?: Progress
	/** The present moment. */
	now?: number
}

/** Reads a WordPress export into the blog; what is there already stays as it is. */
export async function importFile(target: ImportTarget, file: string, options: ImportOptions): Promise<ImportReport> {
	// Else garbage grows to five times of what is alive before it is collected.
	setFlagsFromString('--heap-growing-percent=25')
	const { db, progress } = target
	const { size } = await stat(file)
	progress?.start((options.fetch ? 3 : 2) * size)
	const encoding = await detectEncoding(file)
	const onBytes = (bytes: number) => progress?.advance(bytes)
	const found = await surveyFile(file, encoding.label, onBytes)
	const context = await makeContext(target, options, found)
	const { problems } = context
	if (encoding.surprise) problems.repaired(encoding.surprise)
	for (const line of encoding.unreadable.lines) problems.damaged(said('importer.fault.bytes'), line)
	if (!context.dryRun) await reserveNumbers(db, 'comments', Math.min(found.greatestComment, 999_999_999))
	if (options.fetch) await fetchAttachments(context, (part) => onBytes(part * size))
	await takeItems(context, readWxr(file, { encoding: encoding.label, problems, onBytes }))
	progress?.stop()
	return reportOf(context, file)
}

async function makeContext(
	{ db, config, fetch, now = Date.now() }: ImportTarget,
	{ lang, detect, uploads: folder, dryRun = false, ...options }: ImportOptions,
	survey: ImportContext['survey'],
): Promise<ImportContext> {
	const { languages, timezone, storageUrl } = config
	const { site, channel } = survey
	const tally = new Tally()
	const problems = new Problems()
	const fallback = lang ?? matchLanguage(channel.language, languages) ?? languages[0]!
	if (!lang && !detect && channel.language && !matchLanguage(channel.language, languages)) {
		tally.note(said('importer.change.language', { language: channel.language }), fallback)
	}
	const terms = new Terms(site.key, languages, tally)
	const authors = new Authors(site.key, languages, tally)
	await terms.load(db, survey.terms)
	await authors.load(db, survey.authors)
	const storage = await openStorage({ storageUrl })
	const bring = options.fetch && fetch ? createBring({ fetch }, { dryRun, clock: Date.now }) : undefined
	const uploads = new Uploads({ db, site, folder, bring, storage, dryRun, bases: survey.uploadBases, now })
	await uploads.load()
	let loaded: ReturnType<typeof makeDetector> | undefined
	const detector = () => (loaded ??= makeDetector(languages))
	const told = detect ? await detector() : undefined
	return {
		...{ db, dryRun, languages, timezone, now, survey, tally, problems, terms, authors, uploads, fallback, detector },
		names: new Names(await readTakenNames(db)),
		groups: new Map(),
		localeOf: (text) => told?.(text) ?? fallback,
		stored: new Map(),
		parents: new Map(),
		days: new Map(),
		redirects: 0,
	}
}

/** As many at once as the fetch lets through to a host; what isn't an attachment is fetched where it is met. */
async function fetchAttachments({ survey, uploads }: ImportContext, onPart: (part: number) => void): Promise<void> {
	const left = [...survey.attachments.values()]
	const part = 1 / left.length
	const fetchNext = async () => {
		for (let one: Attachment | undefined = left.pop(); one; one = left.pop()) {
			if (one.path) await uploads.take(one.path, one.url)
			onPart(part)
		}
	}
	await Promise.all([fetchNext(), fetchNext()])
}

async function takeItems(context: ImportContext, events: ReturnType<typeof readWxr>): Promise<void> {
	const pages: AttachmentPage[] = []
	const seen = new Set<string>()
	let batch: WxrItem[] = []
	let size = 0
	const flush = async () => {
		await takeBatch(context, batch)
		batch = []
		size = 0
	}
	for await (const event of events) {
		if (event.type === 'truncated') noteTruncation(context, event)
		if (event.type !== 'item') continue
		const { item } = event
		if (item.type === 'attachment') {
			pages.push(await takeAttachment(context, item))
			continue
		}
		// An item that comes twice has to find the first one stored.
		if (seen.has(itemKey(item))) await flush()
		seen.add(itemKey(item))
		batch.push(item)
		size += item.content.length + item.comments.reduce((sum, { content }) => sum + content.length, 0)
		if (batch.length >= BATCH_ITEMS || size >= BATCH_CHARACTERS) await flush()
	}
	await flush()
	if (!context.dryRun) await finishImport(context, pages)
}

async function takeBatch(context: ImportContext, items: WxrItem[]): Promise<void> {
	if (items.length === 0) return
	for (const { type, creator } of items) if (/^(?:post|page)?$/.test(type)) context.authors.meet(creator)
	if (!context.dryRun) await context.db.transaction().execute((trx) => context.authors.store(trx, context.now))
	const plans = await planBatch(context, items)
	const earlier = plans.filter(({ id }) => id !== undefined)
	if (!context.dryRun) await writeBatch(context, plans)
	if (!context.dryRun && context.uploads.isOpen) await relink(context, earlier)
}

async function takeAttachment({ survey, uploads, tally }: ImportContext, item: WxrItem): Promise<AttachmentPage> {
	const { path, url = '' } = survey.attachments.get(item.id) ?? {}
	const upload = path ? await uploads.take(path, url) : undefined
	tally.found('attachments')
	if (upload?.already) tally.already('attachments')
	else if (upload) tally.taken('attachments')
	else
		tally.left(
			'attachments',
			said('importer.name.file', { item: nameOf(item), address: item.attachmentUrl || item.guid }),
			uploads.whyNot(path),
		)
	leaveComments(item, tally, said('importer.why.attachment'))
	return { addresses: exactAddresses(survey.site, item), file: upload?.address, parent: item.parent }
}

function noteTruncation(
	{ tally, problems }: ImportContext,
	{ line, item }: { line: number; item?: { line: number; title: string } },
) {
	problems.damaged(said('importer.fault.end'), line)
	if (!item) return
	tally.found('cutOff')
	tally.left('cutOff', nameOf({ id: '', ...item }), said('importer.why.cut'))
}

function reportOf(context: ImportContext, file: string): ImportReport {
	const { tally, problems, survey, dryRun, redirects, uploads } = context
	const attached = new Set([...survey.attachments.values()].map(({ path }) => path))
	for (const [path, reason] of uploads.refused) {
		if (!attached.has(path)) tally.note(said('importer.change.link', { reason }), path)
	}
	const isWhole = tally.isComplete() && !problems.list().some(({ damage }) => damage)
	return {
		...{ file, site: survey.site.url, dryRun, redirects },
		counts: tally.counts(),
		notTaken: tally.notTaken,
		notes: tally.notes(),
		problems: problems.list(),
		exitCode: isWhole ? 0 : 1,
	}
}
