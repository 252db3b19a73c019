import { resolve } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readConfig, SETTINGS } from '../src/config.ts'
import { ConfigError } from '../src/errors.ts'

test('without any variable the blog is on localhost:3000 with SQLite under ./data', () => {
	const config = readConfig({})
	assert.is(config.port, 3000)
	assert.is(config.host, '127.0.0.1')
	assert.is(config.siteUrl, 'http://localhost:3000')
	assert.is(config.databaseUrl, `sqlite:${resolve('data/otklik.db')}`)
	assert.is(config.storageUrl, `file:${resolve('data/media')}`)
	assert.equal(config.languages, ['ru', 'en'])
	assert.is(config.timezone, 'Europe/Moscow')
})

test('defaults follow the settings they lean on', () => {
	const config = readConfig({ PORT: '8080', DATA_DIR: '/srv/blog' })
	assert.is(config.siteUrl, 'http://localhost:8080')
	assert.is(config.databaseUrl, 'sqlite:/srv/blog/otklik.db')
	assert.is(config.storageUrl, 'file:/srv/blog/media')
})

test('an empty variable counts as missing', () => {
	assert.is(readConfig({ PORT: '', TIMEZONE: ' ' }).port, 3000)
})

test('every bad value is reported at once, by name and with what it should be', () => {
	const message = refusal({ PORT: '70000', SITE_URL: 'blog.example', LANGUAGES: 'ru,ru', TIMEZONE: 'Moscow' })
	assert.match(message, 'PORT must be a whole number from 0 to 65535, not "70000"')
	assert.match(message, 'SITE_URL must be an http or https address without a path, not "blog.example"')
	assert.match(message, 'LANGUAGES must be different language codes by commas')
	assert.match(message, 'TIMEZONE must be a time zone')
})

const BAD: Record<string, string[]> = {
	PORT: ['-1', '3000.5', '0x10', '65536', '1e3', 'http', '99999999999'],
	SITE_URL: ['example.com', 'ftp://example.com', 'https://example.com/blog', 'https://a:b@example.com', 'https://a/?q'],
	DATABASE_URL: ['mysql://localhost/blog', 'sqlite:', 'blog.db', 'postgres://[/blog'],
	LANGUAGES: ['ru,en,ru', 'ru;en', 'russian', ',', '../ru'],
	TIMEZONE: ['Mars/Olympus', '+25:00'],
	THEME: ['../secret', 'a/b', 'a.b'],
	STORAGE_URL: [
		'file:',
		'ftp://media',
		'/srv/media',
		's3://host/bucket',
		's3://KEY:SECRET@host/',
		's3://KEY:SECRET@host/b?tls=maybe',
	],
	SMTP_URL: ['http://mail.example.org', 'mail.example.org:25', 'smtp:'],
	MAIL_FROM: ['blog', 'a@b, c@d', 'Anna <a@b', 'A <b@c> <d@e>', 'a b@c.d'],
	TRUST_PROXY: ['-1', '11', 'true'],
	DB_POOL: ['0', 'many'],
	FETCH_ALLOW: [
		'127.0.0.1',
		'localhost:80',
		'::1:80',
		'127.1:80',
		'0x7f.0.0.1:80',
		'127.0.0.1:0',
		'[::1]:65536',
		'a,b',
		'127.0.0.1:80,',
		'[fe80::1%eth0]:80',
		'[127.0.0.1]:80',
	],
	LOG_LEVEL: ['loud', 'INFO'],
}

for (const [name, values] of Object.entries(BAD)) {
	test(`${name} refuses ${values.join(' and ')}`, () => {
		for (const value of values) assert.match(refusal({ [name]: value }), `${name} must be `)
	})
}

test('uploads go to a folder or a bucket; what is refused tells no secret', () => {
	const url = 's3://KEY:a%2Fb@s3.example.com:9000/bucket/my/blog?region=eu-west-1&tls=off'
	assert.is(readConfig({ STORAGE_URL: url }).storageUrl, url)
	for (const STORAGE_URL of ['s3://KEY:hush@host', 's3://KEY:hu/sh@host/bucket', 's3://KEY:hush@host/b?secret=1']) {
		const told = refusal({ STORAGE_URL, DATABASE_URL: 'mysql://me:hush@host/db' })
		assert.match(told, 'STORAGE_URL must be file:FOLDER or s3://')
		assert.not.match(told, /hu.?sh/)
	}
})

test('mail comes from the host of SITE_URL unless MAIL_FROM says otherwise; without SMTP_URL there is none', () => {
	assert.is(readConfig({}).smtpUrl, '')
	assert.is(readConfig({ SITE_URL: 'https://blog.example:8443' }).mailFrom, 'otklik@blog.example')
	for (const SITE_URL of ['http://192.0.2.7', 'http://[::1]:3000']) {
		assert.is(readConfig({ SITE_URL }).mailFrom, 'otklik@localhost')
	}
	assert.is(readConfig({ MAIL_FROM: "Anna's blog <blog@example.org>" }).mailFrom, "Anna's blog <blog@example.org>")
	assert.is(
		readConfig({ SMTP_URL: 'smtps://blog:secret@mail.example:465' }).smtpUrl,
		'smtps://blog:secret@mail.example:465',
	)
})

test('SITE_URL loses its final slash, languages their spaces and capitals', () => {
	assert.is(readConfig({ SITE_URL: 'https://blog.example/' }).siteUrl, 'https://blog.example')
	assert.equal(readConfig({ LANGUAGES: 'en, pt-BR,ru' }).languages, ['en', 'pt-br', 'ru'])
})

test('FETCH_ALLOW names addresses with their ports, one way of writing each', () => {
	assert.equal(readConfig({}).fetchAllow, [])
	assert.equal(readConfig({ FETCH_ALLOW: '127.0.0.1:4000, [0:0::1]:8080' }).fetchAllow, [
		'127.0.0.1:4000',
		'[::1]:8080',
	])
})

test('every setting has its help', () => {
	assert.equal(
		SETTINGS.filter(({ help }) => help.trim() === ''),
		[],
	)
})

function refusal(env: Record<string, string>): string {
	try {
		readConfig(env)
	} catch (error) {
		assert.instance(error, ConfigError)
		return (error as Error).message
	}
	return 'accepted'
}

test.run()
