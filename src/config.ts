import { isIPv4, isIPv6 } from 'node:net'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { ConfigError } from './errors.ts'

/** The settings of one process, parsed; see SETTINGS for what each is. */
export interface Config {
	port: number
	host: string
	siteUrl: string
	dataDir: string
	databaseUrl: string
	languages: string[]
	timezone: string
	theme: string
	storageUrl: string
	/** '' = off; a secret. */
	akismetKey: string
	akismetUrl: string
	smtpUrl: string
	mailFrom: string
	trustProxy: number
	/** Processes that serve. */
	webConcurrency: number
	/** Bytes; 0 = off. */
	pageCache: number
	dbPool: number
	/** Address and port, as in `127.0.0.1:4000` and `[::1]:4000`. */
	fetchAllow: string[]
	/** '' = this machine alone; a secret. */
	metricsToken: string
	logLevel: string
}

interface Setting {
	name: string
	key: keyof Config
	/** The value when the variable is missing or empty; may lean on settings above it. */
	fallback: (config: Partial<Config>) => string
	/** Throws an Error whose message ends the sentence "NAME must be …". */
	parse: (value: string) => string | number | string[]
	help: string
}

export const SETTINGS: Setting[] = [
	{ name: 'PORT', key: 'port', fallback: () => '3000', parse: integer(0, 65535), help: 'port to listen on' },
	{ name: 'HOST', key: 'host', fallback: () => '127.0.0.1', parse: text, help: 'address to listen on' },
	{
		name: 'SITE_URL',
		key: 'siteUrl',
		fallback: ({ port = 3000 }) => `http://localhost:${port}`,
		parse: siteUrl,
		help: 'address of the blog as readers see it; every link is made from it',
	},
	{ name: 'DATA_DIR', key: 'dataDir', fallback: () => './data', parse: path, help: 'folder of the database and media' },
	{
		name: 'DATABASE_URL',
		key: 'databaseUrl',
		fallback: ({ dataDir = 'data' }) => `sqlite:${dataDir}/otklik.db`,
		parse: databaseUrl,
		help: 'sqlite:FILE or postgres://…',
	},
	{
		name: 'LANGUAGES',
		key: 'languages',
		fallback: () => 'ru,en',
		parse: languages,
		help: 'language codes by commas, the first is the default',
	},
	{ name: 'TIMEZONE', key: 'timezone', fallback: () => 'Europe/Moscow', parse: timezone, help: "the blog's time zone" },
	{ name: 'THEME', key: 'theme', fallback: () => 'default', parse: folderName, help: 'a folder of themes/' },
	{
		name: 'STORAGE_URL',
		key: 'storageUrl',
		fallback: ({ dataDir = 'data' }) => `file:${dataDir}/media`,
		parse: storageUrl,
		help: 'where uploads are kept: file:FOLDER or s3://KEY:SECRET@HOST[:PORT]/BUCKET[/FOLDER][?region=…][&tls=off]',
	},
	{ name: 'AKISMET_KEY', key: 'akismetKey', fallback: () => '', parse: text, help: 'key of Akismet; empty = off' },
	{
		name: 'AKISMET_URL',
		key: 'akismetUrl',
		fallback: () => 'https://rest.akismet.com/1.1/',
		parse: serviceUrl,
		help: 'Akismet or a server that speaks its protocol',
	},
	{
		name: 'SMTP_URL',
		key: 'smtpUrl',
		fallback: () => '',
		parse: smtpUrl,
		help: 'server that takes mail: smtp:// or smtps://USER:PASSWORD@HOST:PORT; empty = no mail',
	},
	{
		name: 'MAIL_FROM',
		key: 'mailFrom',
		fallback: ({ siteUrl = 'http://localhost' }) => `otklik@${mailHost(siteUrl)}`,
		parse: mailFrom,
		help: 'from whom mail comes: an e-mail address, or NAME <ADDRESS>; without a name it is the title of the blog',
	},
	{
		name: 'TRUST_PROXY',
		key: 'trustProxy',
		fallback: () => '0',
		parse: integer(0, 10),
		help: 'number of proxies in front whose X-Forwarded-For counts',
	},
	{
		name: 'WEB_CONCURRENCY',
		key: 'webConcurrency',
		fallback: () => '1',
		parse: (value) => (value === 'auto' ? availableParallelism() : integer(1, 128)(value)),
		help: 'processes that serve; auto = as many as there are cores',
	},
	{
		name: 'PAGE_CACHE',
		key: 'pageCache',
		fallback: () => '64',
		parse: (value) => integer(0, 100_000)(value) * 1024 * 1024,
		help: 'megabytes for pages that each process keeps in memory; 0 = off',
	},
	{ name: 'DB_POOL', key: 'dbPool', fallback: () => '10', parse: integer(1, 1000), help: 'PostgreSQL connections' },
	{
		name: 'FETCH_ALLOW',
		key: 'fetchAllow',
		fallback: () => '',
		parse: fetchAllow,
		help: 'IP:PORT by commas that may be fetched although private, for tests and intranets',
	},
	{
		name: 'METRICS_TOKEN',
		key: 'metricsToken',
		fallback: () => '',
		parse: text,
		help: 'who brings it as a bearer token may read /metrics; empty = this machine alone',
	},
	{ name: 'LOG_LEVEL', key: 'logLevel', fallback: () => 'info', parse: logLevel, help: 'fatal … trace, or silent' },
]

/**
 * Reads the settings from environment variables.
 * @throws ConfigError that names every bad value at once.
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
	const config: Partial<Record<keyof Config, unknown>> = {}
	const problems: string[] = []
	for (const { name, key, fallback, parse } of SETTINGS) {
		const value = env[name]?.trim() || fallback(config as Partial<Config>)
		try {
			config[key] = parse(value)
		} catch (error) {
			problems.push(`${name} must be ${(error as Error).message}, not "${withoutSecret(value)}"`)
		}
	}
	if (problems.length > 0) throw new ConfigError(problems.join('; '))
	return config as unknown as Config
}

/** What stands between the scheme and the host of an address may be a password: it is to reach no log. */
function withoutSecret(value: string): string {
	return value.replace(/(?<=:\/\/).*@/, '…@')
}

function integer(least: number, most: number) {
	return (value: string) => {
		const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN
		if (!(number >= least && number <= most)) throw new Error(`a whole number from ${least} to ${most}`)
		return number
	}
}

function text(value: string): string {
	return value
}

function path(value: string): string {
	return resolve(value)
}

function siteUrl(value: string): string {
	const url = URL.parse(value)
	const plain = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash
	if (!plain || url.username) throw new Error('an http or https address without a path')
	return url.origin
}

function serviceUrl(value: string): string {
	const url = URL.parse(value)
	const plain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash
	if (!plain) throw new Error('an http or https address such as https://rest.akismet.com/1.1/')
	return url.href.endsWith('/') ? url.href : `${url.href}/`
}

function databaseUrl(value: string): string {
	if (/^postgres(ql)?:\/\//.test(value) && URL.canParse(value)) return value
	if (value.startsWith('sqlite:') && value.length > 'sqlite:'.length) return `sqlite:${resolve(value.slice(7))}`
	throw new Error('sqlite:FILE or postgres://…')
}

function languages(value: string): string[] {
	const codes = value.split(',').map((code) => code.trim().toLowerCase())
	if (!codes.every((code) => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/.test(code)) || new Set(codes).size < codes.length) {
		throw new Error('different language codes by commas, such as ru,en')
	}
	return codes
}

function timezone(value: string): string {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone
	} catch {
		throw new Error('a time zone such as Europe/Moscow')
	}
}

function folderName(value: string): string {
	if (!/^[\w-]+$/.test(value)) throw new Error('the name of a folder in themes/')
	return value
}

function storageUrl(value: string): string {
	if (value.startsWith('s3:')) return bucketUrl(value)
	if (!value.startsWith('file:') || value.length === 'file:'.length) throw new Error(STORAGES)
	return `file:${resolve(value.slice('file:'.length))}`
}

const STORAGES = 'file:FOLDER or s3://KEY:SECRET@HOST[:PORT]/BUCKET[/FOLDER][?region=…][&tls=off]'

function bucketUrl(value: string): string {
	const url = URL.parse(value)
	const isComplete = url?.username && url.password && url.host && /^(?:\/[\w.-]+)+\/?$/.test(url.pathname)
	const isKnown = [...(url?.searchParams ?? [])].every(([name, value]) =>
		name === 'tls' ? value === 'off' : name === 'region' && /^[\w-]+$/.test(value),
	)
	if (!isComplete || !isKnown || url.hash) throw new Error(STORAGES)
	return value
}

function smtpUrl(value: string): string {
	if (value === '') return value
	const url = URL.parse(value)
	if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname) throw new Error('empty, smtp://… or smtps://…')
	return value
}

function mailHost(siteUrl: string): string {
	const { hostname } = new URL(siteUrl)
	return /^[\d.]+$|^\[/.test(hostname) ? 'localhost' : hostname
}

function mailFrom(value: string): string {
	const { name = '', address = value } = /^(?<name>.*?)\s*<(?<address>.*)>$/.exec(value)?.groups ?? {}
	const isClear = /^[^\s@<>(),;:\\"]+@[^\s@<>(),;:\\"]+$/.test(address) && !/[<>"\p{Cc}]/u.test(name)
	if (!isClear) throw new Error('an e-mail address, or NAME <ADDRESS>')
	return value
}

function fetchAllow(value: string): string[] {
	return value === '' ? [] : value.split(',').map((pair) => addressAndPort(pair.trim()))
}

function addressAndPort(pair: string): string {
	const {
		v4 = '',
		v6 = '',
		port = '',
	} = /^(?:(?<v4>[\d.]+)|\[(?<v6>[^\]]+)\]):(?<port>[1-9]\d{0,4})$/.exec(pair)?.groups ?? {}
	const host = isIPv4(v4) ? v4 : isIPv6(v6) ? URL.parse(`http://[${v6}]`)?.hostname : undefined
	if (!host || Number(port) > 65535) throw new Error('pairs of IP:PORT by commas, such as 127.0.0.1:4000,[::1]:4000')
	return `${host}:${port}`
}

function logLevel(value: string): string {
	const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']
	if (!levels.includes(value)) throw new Error(`one of ${levels.join(', ')}`)
	return value
}
