import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type HostileServer, page, startHostile, startSilent } from './hostile-server.ts'
import { dns, wayOut } from './way-out.ts'

const test = suite<{ server: HostileServer }>('safe fetch')

test.before.each(async (context) => {
	context.server = await startHostile()
})
test.after.each(({ server }) => server.close())

test('a page comes with its status, address, type and text', async ({ server }) => {
	const { get } = wayOut([server.pair])
	const { status, url, type, charset, headers, body } = await get(server.at('/a?b=c#d'))
	assert.equal([status, url, type, charset, String(body)], [200, server.at('/a?b=c#d'), 'text/html', 'utf-8', PAGE])
	assert.is(headers.get('Content-Length'), String(body.length))
})

const PAGE = '<!doctype html><title>A page</title><p>Hello'

test('who asks and why is told, and nothing of where it came from', async ({ server }) => {
	const { get } = wayOut([server.pair])
	server.tricks['/from'] = page('', `Set-Cookie: a=b\r\nLocation: /to-here\r\nContent-Type: text/html`, '302 Found')
	await get(server.at('/from'), { purpose: 'verifying a pingback' })
	for (const request of server.asked) {
		assert.match(request, /^user-agent: Otklik\/0\.1 \(\+https:\/\/blog\.example; verifying a pingback\)\r$/m)
		assert.not.match(request, /^(?:cookie|referer|origin|authorization):/im)
	}
	assert.is(server.asked.length, 2)
})

test('every encoding that is asked for is read', async ({ server }) => {
	const { get } = wayOut([server.pair])
	for (const path of ['/gzip', '/br', '/deflate', '/raw-deflate', '/no-length']) {
		assert.is(String((await get(server.at(path))).body), PAGE, path)
	}
})

test('a status of an error is an answer, whatever its type', async ({ server }) => {
	const { get } = wayOut([server.pair])
	server.tricks['/teapot'] = page('GIF89a', 'Content-Type: image/gif\r\nRetry-After: 9', "418 I'm a teapot")
	const { status, headers, body } = await get(server.at('/teapot'))
	assert.equal([status, headers.get('retry-after'), body.length], [418, '9', 0])
	assert.is((await get(server.at('/gone'))).status, 410)
})

test('types other than those wanted are refused', async ({ server }) => {
	const { get, refusal } = wayOut([server.pair])
	assert.is(await refusal(server.at('/picture')), 'type')
	assert.is(await refusal(server.at('/no-type')), 'type')
	assert.is(String((await get(server.at('/picture'), { types: /^image\// })).body), 'GIF89a')
	for (const type of [
		'TEXT/HTML ; Charset="Windows-1251"',
		'application/json',
		'application/feed+json',
		'text/plain',
	]) {
		server.tricks['/typed'] = page('a', `Content-Type: ${type}`)
		assert.is(await refusal(server.at('/typed')), '200', type)
	}
	for (const type of ['text/css', 'application/octet-stream', 'text/htmlx', 'html', 'application/jsonp']) {
		server.tricks['/typed'] = page('a', `Content-Type: ${type}`)
		assert.is(await refusal(server.at('/typed')), 'type', type)
	}
	assert.is(await refusal(server.at('/picture'), { method: 'HEAD' }), '200')
})

test('redirects are followed as browsers do', async ({ server }) => {
	const { get } = wayOut([server.pair])
	const paths = [
		'301 Moved Permanently',
		'302 Found',
		'303 See Other',
		'307 Temporary Redirect',
		'308 Permanent Redirect',
	]
	const methods = []
	for (const status of paths) {
		server.tricks['/from'] = page('', 'Location: /there', status)
		await get(server.at('/from'), { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: 'Hello' })
		const last = server.asked.at(-1)!
		methods.push(`${last.split(' ')[0]} ${/content-type/i.test(last)} ${last.endsWith('Hello')}`)
	}
	assert.equal(methods, [...Array(3).fill('GET false false'), ...Array(2).fill('POST true true')])
	server.tricks['/from'] = page('', 'Location: /there', '303 See Other')
	await get(server.at('/from'), { method: 'HEAD' })
	assert.match(server.asked.at(-1)!, /^HEAD /)
})

test('bytes beyond ASCII in Location and Link reach the address they stand for', async ({ server }) => {
	const { get } = wayOut([server.pair])
	server.tricks['/from'] = page('', `Location: /${Buffer.from('привет').toString()}`, '302 Found')
	assert.is(
		(await get(server.at('/from'))).url,
		server.at(`/${encodeURIComponent('привет')}`).replaceAll(/%../g, (hex) => hex.toLowerCase()),
	)
})

test('five redirects are followed, the sixth is not', async ({ server }) => {
	const { refusal } = wayOut([server.pair])
	const chain = (length: number): string => (length ? `/to/${encodeURIComponent(chain(length - 1))}` : '/end')
	assert.is(await refusal(server.at(chain(5))), '200')
	assert.is(await refusal(server.at(chain(6))), 'redirects')
	server.asked.length = 0
	assert.is(await refusal(server.at('/loop')), 'redirects')
	assert.is(server.asked.length, 6)
})

test('secrets for one origin are not taken to another', async ({ server }) => {
	const { get } = wayOut([server.pair], dns({ 'other.example': [['127.0.0.1']] }))
	const headers = { Authorization: 'Bearer secret', 'X-Kept': 'yes' }
	await get(server.at(`/to/${encodeURIComponent('/here')}`), { headers })
	assert.match(server.asked.at(-1)!, 'Bearer secret')
	await get(server.at(`/to/${encodeURIComponent(server.at('/there', 'other.example'))}`), { headers })
	assert.not.match(server.asked.at(-1)!, 'Bearer secret')
	assert.match(server.asked.at(-1)!, 'x-kept: yes')
})

const FORBIDDEN_FORMS = [
	'ftp://93.184.215.14/',
	'file:///etc/passwd',
	'gopher://93.184.215.14:80/',
	'data:text/html,hello',
	'javascript:1',
	'/relative',
	'//93.184.215.14/',
	'',
	'http://',
	'http://user@93.184.215.14/',
	'http://user:password@93.184.215.14/',
	'http://:password@93.184.215.14/',
	'http://93.184.215.14:22/',
	'http://93.184.215.14:25/',
	'https://93.184.215.14:6379/',
	'http://93.184.215.14:0/',
	'http://93.184.215.14:99999/',
]

test('only plain http and https addresses on the usual ports are fetched', async () => {
	const { refusal } = wayOut([])
	for (const address of FORBIDDEN_FORMS) assert.is(await refusal(address), 'forbidden', address)
})

const PRIVATE = `127.0.0.1 127.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 127.0.0.1. 0 0.0.0.0 10.0.0.1
169.254.169.254 168.63.129.16 192.168.1.1 100.64.0.1 [::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1]
[64:ff9b::7f00:1] [2002:7f00:1::] [2001:0:1::80ff:fffe] [fe80::1] [fd00::1] [fec0::1] [ff02::1] [5f00::1] [3fff::1]
localhost LOCALHOST a.localhost localhost. %31%32%37.0.0.1 １２７.0.0.1 127。0。0。1`.split(/\s+/)

test('private addresses are refused in any notation, at once and after a redirect', async ({ server }) => {
	const { refusal } = wayOut([server.pair])
	for (const host of PRIVATE) {
		const target = `http://${host}:8080/`
		assert.is(await refusal(target), 'forbidden', target)
		assert.is(await refusal(server.at(`/to/${encodeURIComponent(target)}`)), 'forbidden', `to ${target}`)
	}
})

const OF_THE_SILENT =
	'127.0.0.77 2130706509 0x7f00004d 0177.0.0.0115 127.77 [::ffff:127.0.0.77] a.example b.example c.example'

test('who listens within, on a usual port, hears nothing', async ({ server }) => {
	const silent = await startSilent('127.0.0.77', 8080)
	const inside = '127.0.0.77'
	const resolve = dns({
		'a.example': [[inside]],
		'b.example': [['93.184.215.14', inside]],
		'c.example': [[inside, '2606:4700::6810:84e5']],
		'rebinding.example': [['127.0.0.1'], [inside]],
	})
	const { refusal } = wayOut([server.pair], resolve)
	for (const host of OF_THE_SILENT.split(' ')) {
		const target = `http://${host}:8080/`
		assert.is(await refusal(target), 'forbidden', target)
		assert.is(await refusal(server.at(`/to/${encodeURIComponent(target)}`)), 'forbidden', `to ${target}`)
	}
	const rebinding = `/to/${encodeURIComponent('http://rebinding.example:8080/')}`
	assert.is(await refusal(server.at(rebinding, 'rebinding.example')), 'forbidden')
	assert.is(silent.reached, 0)
	await silent.close()
})

test('a redirect to another scheme, port, person or to the blog itself is refused', async ({ server }) => {
	const { refusal } = wayOut([server.pair])
	const to = (address: string) => refusal(server.at(`/to/${encodeURIComponent(address)}`))
	for (const address of [
		'ftp://a.example/',
		'file:///etc/passwd',
		'http://a@b.example/',
		'http://93.184.215.14:22/',
		'http://[',
	]) {
		assert.is(await to(address), 'forbidden', address)
	}
	assert.is(await to('https://blog.example/'), 'own')
})

test('one private address among the answers refuses them all', async () => {
	const silent = await startSilent()
	const names = dns({
		'mixed.example': [['93.184.215.14', '127.0.0.1']],
		'mixed6.example': [['93.184.215.14', '::1']],
		'mapped.example': [['::ffff:127.0.0.1']],
		'odd.example': [['127.1']],
		'nothing.example': [[]],
	})
	const { refusal } = wayOut([], names)
	for (const host of ['mixed.example', 'mixed6.example', 'mapped.example', 'odd.example']) {
		assert.is(await refusal(`http://${host}:8080/`), 'forbidden', host)
	}
	assert.is(await refusal('http://nothing.example/'), 'network')
	assert.is(silent.reached, 0)
	await silent.close()
})

test('FETCH_ALLOW lets through that address at that port alone', async ({ server }) => {
	const silent = await startSilent()
	const names = dns({ 'inside.example': [['127.0.0.1']], 'both.example': [['127.0.0.1', '10.0.0.1']] })
	const { refusal } = wayOut([server.pair, '[::1]:8080'], names)
	assert.is(await refusal(server.at('/', 'inside.example')), '200')
	assert.is(await refusal(server.at('/', 'localhost'), {}), 'network', 'the test has a DNS of its own')
	assert.is(await refusal(server.at('/', 'both.example')), '200', 'only the named one of both is connected to')
	assert.is(await refusal(`http://inside.example:${silent.port}/`), 'forbidden')
	assert.is(await refusal(`http://127.0.0.2:${server.port}/`), 'forbidden')
	assert.is(await refusal(`http://u:p@127.0.0.1:${server.port}/`), 'forbidden')
	assert.is(await refusal(`http://[::1]:${server.port}/`), 'forbidden')
	assert.is(silent.reached, 0)
	await silent.close()
})

test('localhost is this machine, by a name or a part of one', async ({ server }) => {
	const { refusal } = wayOut([server.pair])
	for (const host of ['localhost', 'blog.localhost']) assert.is(await refusal(server.at('/', host)), '200', host)
})

test('a name is looked up once, and the connection goes where it was', async ({ server }) => {
	const names = dns({ 'rebinding.example': [['127.0.0.1'], ['127.0.0.2']] })
	const silent = await startSilent('127.0.0.2')
	const { refusal } = wayOut([server.pair], names)
	assert.is(await refusal(server.at('/', 'rebinding.example')), '200')
	assert.equal(names.asked, ['rebinding.example'])
	assert.match(server.asked[0]!, `host: rebinding.example:${server.port}`)
	assert.is(await refusal(server.at('/', 'rebinding.example')), 'forbidden', 'now it is somewhere else')
	assert.is(silent.reached, 0)
	await silent.close()
})

test('a name that turns private between two redirects is refused', async ({ server }) => {
	const names = dns({ 'rebinding.example': [['127.0.0.1'], ['127.0.0.1'], ['192.168.0.1']] })
	const { refusal } = wayOut([server.pair], names)
	assert.is(await refusal(server.at('/loop', 'rebinding.example')), 'forbidden')
	assert.is(server.asked.length, 2)
})

test('the blog never asks itself, by name or by the address it listens on', async ({ server }) => {
	const names = dns({ 'alias.example': [['127.0.0.1']], 'blog.example': [['93.184.215.14']] })
	const { refusal, config } = wayOut([server.pair], names)
	for (const address of [
		'https://blog.example/a',
		'https://BLOG.example:443/',
		'http://blog.example/',
		'https://blog.example./',
	]) {
		assert.is(await refusal(address), 'own', address)
	}
	config.port = server.port
	for (const host of ['127.0.0.1', 'alias.example', '[::1]', '0.0.0.0']) {
		assert.is(await refusal(server.at('/', host)), 'own', host)
	}
	assert.is(server.asked.length, 0)
})

test('no text makes it throw anything else, or reach what is private', async () => {
	const { refusal } = wayOut([], dns({}))
	const hosts = fc.oneof(
		fc.webAuthority({ withIPv4: true, withIPv6: true, withPort: true, withUserInfo: true }),
		fc.string(),
	)
	const addresses = fc.oneof(
		fc.string(),
		fc.webUrl(),
		hosts.map((host) => `http://${host}/`),
	)
	await fc.assert(
		fc.asyncProperty(
			addresses.filter((text) => !isPublicLiteral(text)),
			async (address) => {
				assert.ok(['forbidden', 'network'].includes(await refusal(address)), address)
			},
		),
	)
})

/** Those would really be asked. */
function isPublicLiteral(text: string): boolean {
	return /^[\d.]+$|^\[/.test(URL.parse(text)?.hostname ?? '')
}

test('a fetch leaves one line in the log that says neither path nor content', async ({ server }) => {
	const { refusal, logs } = wayOut([server.pair])
	await refusal(server.at('/page?token=secret'))
	await refusal(server.at('/loop?token=secret'))
	assert.equal(
		logs.map(({ level, host, status, reason, bytes }) => [level, host, status ?? reason, bytes]),
		[
			[20, server.pair, 200, PAGE.length],
			[20, server.pair, 'redirects', undefined],
		],
	)
	assert.not.match(JSON.stringify(logs), 'secret')
})

test('who asked may give up', async ({ server }) => {
	const { get } = wayOut([server.pair])
	const reason = new Error('no longer wanted')
	const given = await get(server.at('/silence'), { signal: AbortSignal.abort(reason) }).catch((error) => error)
	assert.is(given, reason)
	const waiting = new AbortController()
	server.tricks['/asked'] = () => waiting.abort(reason)
	assert.is(await get(server.at('/asked'), { signal: waiting.signal }).catch((error) => error), reason)
})

test.run()
