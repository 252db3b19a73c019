import type { RouterContext } from '@koa/router'
import type { Logger } from 'pino'
import type { Pictures } from '../avatars/pictures.ts'
import type { Config } from '../config.ts'
import type { Db, Time } from '../db/schema.ts'
import type { Catalog, Translate } from '../i18n/catalog.ts'
import type { Worker } from '../jobs/worker.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { SafeFetch } from '../net/fetch.ts'
import type { Settings } from '../settings/settings.ts'
import type { Storage } from '../storage/storage.ts'
import type { Traffic } from '../traffic/traffic.ts'
import type { AdminTemplates } from '../views/admin-model.ts'
import type { Theme } from '../views/theme.ts'
import type { Themes } from '../views/themes.ts'
import type { Memory } from './memory.ts'
import type { Lasting, Pages } from './page-cache/store.ts'

/** What a running blog is made of; handlers find it in `ctx.blog`. */
export interface Blog {
	config: Config
	db: Db
	catalog: Catalog
	/** Signs what is given to readers to bring back. */
	secret: string
	memory: Memory
	/** Whole answers; none when PAGE_CACHE is 0. */
	pages?: Pages
	/** The way out to addresses that others name. */
	fetch: SafeFetch
	/** Where uploads are kept. */
	storage: Storage
	/** What writers look like, when the blog asks for it. */
	pictures: Pictures
	themes: Themes
	/** The theme that readers see. */
	readonly theme: Theme
	/** Counts readers. */
	traffic: Traffic
	/** The authors' pages. */
	readonly adminTheme: Theme<AdminTemplates>
	/** Counts what happens. */
	metrics: Metrics
	/** Does the jobs, in the process that has them. */
	worker?: Pick<Worker, 'idleFor'>
	log: Logger
	clock: () => Time
	/** No new work is taken. */
	isStopping: () => boolean
}

export interface State {
	/** Names the request in the log. */
	id: string
	/** The language of the page. */
	locale: string
	t: Translate
	settings: Settings
	/** A theme to be tried, in place of the blog's. */
	theme?: Theme
	/** Versions of what is kept in memory, as of this request. */
	versions: Map<string, number>
	/** The answer as it is before the request's preconditions. */
	represented?: { type: string; body: string | Buffer; etag: string; lastModified?: Time }
	/** For how long it is everybody's; missing for what is somebody's own. */
	lasting?: Lasting
	/** The form that came with the request, once it is read. */
	sent?: URLSearchParams
	/** What waits for the author who has signed in. */
	waiting?: { held: number }
}

/** A Koa context of this program. */
export type Context = RouterContext<State, { blog: Blog }>

/** Answers one kind of request. */
export type Handler = (ctx: Context) => Promise<void> | void
