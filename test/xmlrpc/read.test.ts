import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Fault } from '../../src/xmlrpc/fault.ts'
import { readBeginning, readRequest } from '../../src/xmlrpc/read.ts'
import { DateTime, type Value } from '../../src/xmlrpc/value.ts'
import { writeRequest } from '../../src/xmlrpc/write.ts'

const test = suite('Reading XML-RPC')

test('the example of the specification is read', async () => {
	const request = await readRequest(
		Buffer.from(`<?xml version="1.0"?>
<methodCall>
   <methodName>examples.getStateName</methodName>
   <params>
      <param>
         <value><i4>41</i4></value>
         </param>
      </params>
   </methodCall>`),
	)
	assert.equal(request, { method: 'examples.getStateName', params: [41] })
})

test('every type of the specification is read as its example shows it', async () => {
	const cases: [string, unknown][] = [
		['<i4>-12</i4>', -12],
		['<int>+0012</int>', 12],
		['<boolean>1</boolean>', true],
		['<string>hello world</string>', 'hello world'],
		['no type', 'no type'],
		['<double>-12.214</double>', -12.214],
		['<dateTime.iso8601>19980717T14:08:55</dateTime.iso8601>', '19980717T14:08:55'],
		['<base64>eW91IGNhbid0IHJlYWQgdGhpcyE=</base64>', "you can't read this!"],
		['<array><data><value><i4>12</i4></value><value>Egypt</value></data></array>', [12, 'Egypt']],
		[
			'<struct><member><name>lowerBound</name><value><i4>18</i4></value></member></struct>',
			Object.assign(Object.create(null), { lowerBound: 18 }),
		],
		['<nil/>', null],
		['<i8>9007199254740991</i8>', 9007199254740991],
		['<string>a &lt; b &amp;&#x2014; <![CDATA[<i>]]></string>', 'a < b &— <i>'],
		['', ''],
		['<dateTime.iso8601>00000000T00:00:00Z</dateTime.iso8601>', null],
	]
	for (const [xml, expected] of cases) assert.equal(plain(await readOne(xml)), expected, xml)
})

test('a value that is not what it claims to be, or of a type nobody knows, is fault -32600', async () => {
	const cases = [
		'<i4>2147483648</i4>',
		'<int>1.5</int>',
		'<int></int>',
		'<i8>9223372036854775808</i8>',
		'<boolean>2</boolean>',
		'<double>NaN</double>',
		'<double>1e999</double>',
		'<dateTime.iso8601>yesterday</dateTime.iso8601>',
		'<base64>%%%</base64>',
		'<array><value>1</value></array>',
		'<struct><member><value>1</value></member></struct>',
		'<struct><name>a</name></struct>',
		'<string>a<b/>c</string>',
		'<constructor/>',
		'<toString/>',
		'<i4>1</i4><i4>2</i4>',
		'text <i4>1</i4>',
	]
	for (const xml of cases) assert.is(await codeOf(wrap(xml)), -32600, xml)
})

test('what is no methodCall is fault -32600', async () => {
	const cases = [
		'<methodResponse/>',
		'<methodCall/>',
		'<methodCall><params/></methodCall>',
		'<methodCall><methodName>a b</methodName></methodCall>',
		'<methodCall><methodName/></methodCall>',
		'<methodCall><methodName>a</methodName><params><value/></params></methodCall>',
		'<methodCall><methodName>a</methodName><params><param/></params></methodCall>',
		'<methodCall><methodName>a</methodName><params/><params/></methodCall>',
		'<html><body>Hello</body></html>',
	]
	for (const xml of cases) assert.is(await codeOf(xml), -32600, xml)
})

test('what is not well-formed is fault -32700', async () => {
	const cases = [
		'',
		'hello',
		'<methodCall>',
		'<methodCall></methodcall>',
		'<methodCall><methodName>a</methodName></methodCall><x/>',
		wrap('<string>&nbsp;</string>'),
		wrap('<string>&__proto__;</string>'),
		wrap('<string>&#0;</string>'),
		wrap('<string>\u0001</string>'),
		wrap('<string a="1" a="2"/>'),
	]
	for (const xml of cases) assert.is(await codeOf(xml), -32700, xml)
})

test('a document type is refused, so there is no entity to expand or to fetch', async () => {
	const laughs = ['<!ENTITY l0 "lol">', ...many(9, (n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`)]
	const cases = [
		`<!DOCTYPE m [${laughs.join('')}]>${wrap('&l9;')}`,
		`<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]>${wrap('&x;')}`,
		`<!DOCTYPE m SYSTEM "http://127.0.0.1/x.dtd">${wrap('a')}`,
		`<!DOCTYPE m>${wrap('a')}`,
	]
	for (const xml of cases) assert.is(await codeOf(xml), -32700, xml.slice(0, 60))
})

test('depth and elements are bounded, in little time', async () => {
	const started = performance.now()
	const deep = `${'<value><array><data>'.repeat(5000)}${'</data></array></value>'.repeat(5000)}`
	assert.is(
		await codeOf(`<methodCall><methodName>a</methodName><params><param>${deep}</param></params></methodCall>`),
		-32600,
	)
	assert.is(await codeOf(wrap(`<array><data>${'<value/>'.repeat(20_000)}</data></array>`)), -32600)
	assert.is(await codeOf('<a>'.repeat(350_000)), -32600)
	assert.is(await codeOf(`<a ${many(20_000, (n) => `a${n}=""`).join(' ')}/>`), -32600)
	assert.ok(performance.now() - started < 1000, `took ${performance.now() - started} ms`)
})

test('the encoding that is declared is decoded, by the header before the declaration', async () => {
	const cyrillic = Buffer.concat([
		Buffer.from(
			'<?xml version="1.0" encoding="windows-1251"?><methodCall><methodName>a</methodName><params><param><value>',
		),
		Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]),
		Buffer.from('</value></param></params></methodCall>'),
	])
	assert.equal((await readRequest(cyrillic)).params, ['Привет'])
	assert.equal((await readRequest(Buffer.from(wrap('Привет')), 'utf-8')).params, ['Привет'])
	const bare = Buffer.from(cyrillic.toString('latin1').replace(/^<\?xml.*?\?>/, ''), 'latin1')
	assert.equal((await readRequest(bare, 'windows-1251')).params, ['Привет'])
	const wide = Buffer.from(`\ufeff${wrap('Привет')}`, 'utf16le')
	assert.equal((await readRequest(wide)).params, ['Привет'])
})

test('bytes that are not of the encoding, and encodings nobody knows, are fault -32700', async () => {
	const bad = Buffer.concat([
		Buffer.from('<methodCall><methodName>a</methodName><params><param><value>'),
		Buffer.from([0xcf]),
	])
	const end = Buffer.from('</value></param></params></methodCall>')
	assert.is(await codeOf(Buffer.concat([bad, end])), -32700)
	assert.is(await codeOf(bad), -32700)
	assert.is(await codeOf(`<?xml version="1.0" encoding="no-such"?>${wrap('a')}`), -32700)
	assert.is(await codeOf(wrap('a'), 'no-such'), -32700)
})

test('the beginning of a call tells its method and the parameters that have come whole', async () => {
	const whole = writeRequest('metaWeblog.newMediaObject', [
		'1',
		'anna@example.org',
		'secret',
		{ bits: new Uint8Array(5000) },
	])
	const beginning = await readBeginning(Buffer.from(whole.slice(0, 2000)))
	assert.equal(beginning, { method: 'metaWeblog.newMediaObject', params: ['1', 'anna@example.org', 'secret'] })
})

test('whatever is written is read again', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(values().value, { maxLength: 4 }), async (params) => {
			const request = await readRequest(Buffer.from(writeRequest('a.b', params)))
			assert.equal(plain(request.params), plain(params))
		}),
		{ numRuns: 300 },
	)
})

test('any bytes give a request or a fault', async () => {
	const pieces = fc.array(
		fc.oneof(
			fc.constantFrom(
				...'<methodCall>|</methodCall>|<methodName>|a|</methodName>|<params>|<param>|<value>|</value>|<int>'.split('|'),
			),
			fc.constantFrom('<!DOCTYPE a [', '<!ENTITY', '&a;', '&#', '<![CDATA[', ']]>', '<?', '?>', '<!--', '\0', '</'),
			fc.string({ unit: 'binary' }),
		),
	)
	await fc.assert(
		fc.asyncProperty(
			fc.oneof(
				fc.uint8Array(),
				pieces.map((all) => Buffer.from(all.join(''))),
			),
			async (body) => {
				await readRequest(body).catch((error) => assert.instance(error, Fault))
			},
		),
		{ numRuns: 1000 },
	)
})

test.run()

/** Texts as XML keeps them; whole doubles are integers. */
function values() {
	const text = fc.string({
		unit: fc.oneof(fc.constantFrom(...'<>&"\'\n\t ]ёЁ—😀'), fc.string({ minLength: 1, maxLength: 1 })),
	})
	return fc.letrec<{ value: Value }>((tie) => ({
		value: fc.oneof(
			{ maxDepth: 4 },
			text,
			fc.maxSafeInteger(),
			fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((number) => Math.round(number * 1e6) / 1e6 + 0),
			fc.boolean(),
			fc.constant(null),
			fc.constant(new DateTime('19980717T14:08:55')),
			fc.uint8Array(),
			fc.array(tie('value')),
			fc.dictionary(text, tie('value')),
		),
	}))
}

function wrap(value: string): string {
	return `<methodCall><methodName>a</methodName><params><param><value>${value}</value></param></params></methodCall>`
}

async function readOne(value: string): Promise<Value> {
	return (await readRequest(Buffer.from(wrap(value)))).params[0]!
}

async function codeOf(body: string | Buffer, charset?: string): Promise<number | undefined> {
	try {
		await readRequest(Buffer.from(body as string), charset)
		return undefined
	} catch (error) {
		assert.instance(error, Fault)
		return (error as Fault).code
	}
}

/** Values to compare: bytes and dates as text, structs without a prototype. */
function plain(value: unknown): unknown {
	if (value instanceof DateTime) return value.text
	if (value instanceof Uint8Array) return Buffer.from(value).toString()
	if (Array.isArray(value)) return value.map(plain)
	if (typeof value !== 'object' || value === null) return value
	return Object.assign(Object.create(null), Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)])))
}

function many<T>(count: number, make: (n: number) => T): T[] {
	return Array.from({ length: count }, (_, n) => make(n))
}
