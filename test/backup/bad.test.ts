import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { NotRestorable } from '../../src/backup/manifest.ts'
import { restoreBackup } from '../../src/backup/restore.ts'
import { openBackup } from '../../src/backup/verify.ts'
import { databases } from '../support/databases.ts'
import { NOW } from '../support/fixtures.ts'
import { temporaryFolder } from '../support/folders.ts'
import { contentOf, seedAll } from './fixture.ts'
import { archiveOf, backUp, type Member, openPlace, otklik, type Place, sealed } from './support.ts'

const test = suite('a backup that isn’t good')
let place: Place
let good: Buffer
let members: Member[]
let before: unknown

test.before(async () => {
	place = await openPlace(databases[0]!)
	await seedAll(place.db, place.storage)
	const file = await backUp(place)
	good = readFileSync(file)
	const { archive } = await openBackup(file)
	members = []
	for (const name of archive.members.keys()) {
		members.push({ name, content: Buffer.concat(await Array.fromAsync(archive.read(name))) })
	}
	archive.close()
	await place.db.destroy()
	before = await stateOf()
})

/** All that a restore could change. */
async function stateOf() {
	return { content: await contentOf(place.url), files: await place.storage.list('mentions') }
}

/** Restores bytes, and gives why that was refused; nothing is touched. */
async function refusal(bytes: Buffer): Promise<string> {
	const file = join(temporaryFolder('bad'), 'bad.zip')
	writeFileSync(file, bytes)
	const error = await restoreBackup({ ...place, now: NOW }, file).then(
		() => assert.unreachable('it was restored'),
		(error: Error) => error,
	)
	assert.instance(error, NotRestorable)
	assert.not.match(error!.message, '\n')
	return error!.message
}

/** The good backup with members changed, its manifest with what fits them and is changed by `edit`. */
async function changed(
	change: (members: Member[]) => Member[],
	edit: (manifest: any) => void = () => {},
	fit = true,
): Promise<Buffer> {
	const all = change(members.filter(({ name }) => name !== 'manifest.json'))
	const manifest = JSON.parse(String(members.find(({ name }) => name === 'manifest.json')!.content))
	if (fit) {
		manifest.members = Object.fromEntries(
			all.map(({ name, content }) => [name, { bytes: Buffer.from(content).length, sha256: sha256(content) }]),
		)
	}
	edit(manifest)
	return archiveOf([...all, { name: 'manifest.json', content: JSON.stringify(manifest) }])
}

function sha256(content: string | Buffer): string {
	return createHash('sha256').update(content).digest('hex')
}

const same = (members: Member[]) => members
const replacing = (wanted: string, content: string) => (members: Member[]) =>
	members.map((member) => (member.name === wanted ? { ...member, content } : member))

test('the helper makes a good one out of good members', async () => {
	const file = join(temporaryFolder('good'), 'good.zip')
	writeFileSync(file, await changed(same))
	const { archive, manifest } = await openBackup(file)
	assert.is(manifest.files, 6)
	archive.close()
})

test('it is refused wherever it is cut short', async () => {
	for (const length of [0, 1, 22, 63, 64, 1000, good.length >> 1, good.length - 100, good.length - 1]) {
		assert.match(await refusal(good.subarray(0, length)), 'cut short or damaged')
	}
})

test('it is refused wherever a bit has flipped', async () => {
	for (let at = 7; at < good.length; at += Math.ceil(good.length / 150)) {
		const bytes = Buffer.from(good)
		bytes[at]! ^= 1 << (at % 8)
		assert.match(await refusal(bytes), 'cut short or damaged')
	}
})

test('flipped bits under a seal that fits break nothing either', async () => {
	for (let at = 11; at < good.length; at += Math.ceil(good.length / 60)) {
		const bytes = Buffer.from(good)
		bytes[at]! ^= 1 << (at % 8)
		const file = join(temporaryFolder('bad'), 'bad.zip')
		writeFileSync(file, sealed(bytes))
		// What only the seal guards (dates of members, say) may pass; all else is refused in words.
		const outcome = await openBackup(file).then(
			({ archive }) => archive.close(),
			(error) => error,
		)
		if (outcome) assert.instance(outcome, NotRestorable)
	}
})

test('one of a newer program is refused by name', async () => {
	assert.match(await refusal(await changed(same, (manifest) => (manifest.format = 2))), 'made by a newer Otklik')
	const later = await changed(same, (manifest) => manifest.migrations.push('9999_future'))
	assert.match(await refusal(later), /newer Otklik \(.*9999_future\): update this one/)
})

test('another file is told from a backup', async () => {
	const other = Buffer.from('a letter '.repeat(100))
	assert.match(await refusal(other), 'no backup of Otklik')
	assert.match(await refusal(await archiveOf([{ name: 'hello.txt', content: 'hello' }])), 'it has no manifest.json')
	assert.match(await refusal(await archiveOf([{ name: 'manifest.json', content: '{}' }])), 'it is no backup of Otklik')
	assert.match(await refusal(await archiveOf([{ name: 'manifest.json', content: '{' }])), 'its manifest is damaged')
	const none = await changed(same, (manifest) => (manifest.members = null))
	assert.match(await refusal(none), 'its manifest is damaged')
})

for (const name of ['../evil.txt', 'media/../../evil.txt', '/etc/evil', 'tables\\..\\evil']) {
	test(`a member called ${name} is refused`, async () => {
		const reason = await refusal(await changed((all) => [...all, { name, content: 'evil' }]))
		assert.match(reason, /invalid relative path|absolute path|invalid characters/)
	})
}

for (const key of ['../evil', '/evil', 'a/../../evil', 'a//b', '.hidden', 'a/./b', 'a\\b', 'a\nb', '', 7]) {
	test(`a file kept under ${JSON.stringify(key)} is refused`, async () => {
		const content = Buffer.concat(
			members.filter((member) => member.name.endsWith('.bin')).map((member) => Buffer.from(member.content)),
		)
		const line = `${JSON.stringify({ key, bytes: content.length, sha256: sha256(content) })}\n`
		const bytes = await changed(replacing('media.jsonl', line), (manifest) => (manifest.files = 1))
		assert.match(await refusal(bytes), 'its list of files is damaged')
	})
}

test('links, folders, doubles and strangers are refused', async () => {
	const link = { name: 'media/0002.bin', content: '/etc/passwd', mode: 0o120777 }
	assert.match(await refusal(await changed((all) => [...all, link])), '"media/0002.bin" is no plain file')
	const device = { name: 'media/0002.bin', content: '', mode: 0o060600 }
	assert.match(await refusal(await changed((all) => [...all, device])), 'is no plain file')
	assert.match(await refusal(await changed((all) => [...all, all[0]!])), 'twice')
	const strange = await archiveOf([...members, { name: 'tables/strange.jsonl', content: '' }])
	assert.match(await refusal(strange), 'which its manifest doesn’t know')
})

test('an archive that grows out of proportion is refused before it does', async () => {
	const bomb = { name: 'media/0002.bin', content: Buffer.alloc(200 << 20) }
	const bytes = await changed((all) => [...all, bomb])
	assert.ok(bytes.length < 1 << 20)
	const begun = performance.now()
	assert.match(await refusal(bytes), 'out of all proportion')
	assert.ok(performance.now() - begun < 1000)
})

test('100,000 files are refused before they are looked at', async () => {
	const many = Array.from({ length: 100_000 }, (_, number) => ({ name: `media/${number}.bin`, content: '' }))
	const bytes = await plainArchive(many.map(({ name }) => name))
	const begun = performance.now()
	assert.match(await refusal(bytes), 'it has 100000 members')
	assert.ok(performance.now() - begun < 1000)
})

/** Empty members, written by hand: the library takes minutes for so many. */
async function plainArchive(names: string[]): Promise<Buffer> {
	const one = await archiveOf([{ name: names[0]!, content: '' }])
	const directory = one.indexOf('PK\u0001\u0002', 'latin1')
	const end = one.lastIndexOf('PK\u0005\u0006', 'latin1')
	const record = one.subarray(directory, end)
	const tail = Buffer.from(one.subarray(end))
	const zip64 = Buffer.alloc(76)
	zip64.write('PK\u0006\u0006', 0, 'latin1')
	zip64.writeBigUInt64LE(44n, 4)
	zip64.writeUInt16LE(45, 12)
	zip64.writeUInt16LE(45, 14)
	for (const at of [24, 32]) zip64.writeBigUInt64LE(BigInt(names.length), at)
	zip64.writeBigUInt64LE(BigInt(record.length * names.length), 40)
	zip64.writeBigUInt64LE(BigInt(directory), 48)
	zip64.write('PK\u0006\u0007', 56, 'latin1')
	zip64.writeBigUInt64LE(BigInt(directory + record.length * names.length), 64)
	zip64.writeUInt32LE(1, 72)
	tail.writeUInt16LE(0xffff, 8)
	tail.writeUInt16LE(0xffff, 10)
	tail.writeUInt32LE(0xffffffff, 12)
	tail.writeUInt32LE(0xffffffff, 16)
	return sealed(Buffer.concat([one.subarray(0, directory), ...names.map(() => record), zip64, tail]))
}

test('what doesn’t fit its checksum, its count or its table is refused', async () => {
	const settings = members.find(({ name }) => name === 'tables/settings.jsonl')!
	const more = `${settings.content}{"key":"x","locale":"","value":"1"}\n`
	const unfit = await changed(replacing('tables/settings.jsonl', more), undefined, false)
	assert.match(await refusal(unfit), 'isn’t what its checksum says')
	assert.match(await refusal(await changed(replacing('tables/settings.jsonl', more))), /rows instead of/)
	assert.match(await refusal(await changed((all) => all.slice(1))), 'it has no tables/')
	const uncounted = await changed(same, (manifest) => delete manifest.tables.audit)
	assert.match(await refusal(uncounted), /damaged|doesn’t know|rows|isn’t there/)
})

test('rows that the database won’t have leave the old one as it was', async () => {
	const file = join(temporaryFolder('bad'), 'bad.zip')
	for (const line of ['{"nosuch":1}', '{"post_id":1,"term_id":12345678}', '{"post_id":1}', '[]', 'x']) {
		writeFileSync(
			file,
			await changed(replacing('tables/post_terms.jsonl', `${line}\n`), (manifest) => (manifest.tables.post_terms = 1)),
		)
		const { code, stderr } = await otklik(['restore', file], place.env)
		assert.is(code, 1)
		assert.is(
			stderr
				.replace(/^\d+%\n/gm, '')
				.trim()
				.split('\n').length,
			1,
		)
		assert.equal(await stateOf(), before)
	}
})

test('the command says why in a line and ends with 1', async () => {
	const file = join(temporaryFolder('bad'), 'bad.zip')
	writeFileSync(file, good.subarray(0, 5000))
	assert.equal(await otklik(['restore', file], place.env), {
		code: 1,
		stdout: '',
		stderr: `otklik: ${file} can’t be restored: it is cut short or damaged, or no backup of Otklik\n`,
	})
	const missing = await otklik(['restore', '/nowhere/blog.zip'], place.env)
	assert.is(missing.code, 1)
	assert.match(missing.stderr, 'no such file')
})

test('none of them has touched anything', async () => {
	assert.equal(await stateOf(), before)
})

test.run()
