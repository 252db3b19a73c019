import Koa, { type Middleware } from 'koa'
import type { Logger } from 'pino'
import { createPictures } from './avatars/pictures.ts'
import type { Config } from './config.ts'
import type { Db, Time } from './db/schema.ts'
import { loadCatalog } from './i18n/catalog.ts'
import { createMetrics, type Metrics } from './metrics/metrics.ts'
import { createFetch, type Resolve } from './net/fetch.ts'
import { createGravatar } from './net/gravatar.ts'
import { routes } from './routes.ts'
import { loadSecret } from './settings/settings.ts'
import { faults } from './site/faults.ts'
import { openStorage } from './storage/open.ts'
import { createTraffic } from './traffic/traffic.ts'
import { ADMIN_TEMPLATES, type AdminTemplates } from './views/admin-model.ts'
import { loadTheme, type Theme } from './views/theme.ts'
import { createThemes } from './views/themes.ts'
import { VENDORED } from './views/vendored.ts'
import { canonicalAddress } from './web/canonical.ts'
import type { Blog } from './web/context.ts'
import { secureHeaders } from './web/headers.ts'
import { language, present } from './web/language.ts'
import { logRequests } from './web/log.ts'
import { createMemory } from './web/memory.ts'
import { refuseCrossSite } from './web/origin.ts'
import { keepPages } from './web/page-cache/keep.ts'

/** What a blog is made from: its settings, a migrated database, a log and a clock. */
export interface Parts {
	config: Config
	db: Db
	log: Logger
	clock?: () => Time
	/** Has counted what came before the blog. */
	metrics?: Metrics
	/** Names to addresses, if not by DNS. */
	resolve?: Resolve
	/** Where Gravatar is, if not at its own address. */
	gravatarUrl?: string
}

/** Puts a blog together. @throws ConfigError or ThemeError when its languages or its theme are broken */
export async function createBlog(parts: Parts): Promise<Blog> {
	const { config, db, log, clock = Date.now, metrics = createMetrics(), resolve, gravatarUrl } = parts
	const catalog = loadCatalog(config.languages)
	const themes = createThemes(config.theme, { catalog, onError: (error) => log.error(error.message) })
	let adminTheme: Theme<AdminTemplates> | undefined
	const secret = await loadSecret(db)
	const storage = await openStorage(config)
	const gravatar = createGravatar({ clock, url: gravatarUrl })
	return {
		config,
		db,
		log,
		clock,
		catalog,
		themes,
		get theme() {
			return themes.current
		},
		/** Read when an author comes: readers needn't wait for it at the start. */
		get adminTheme() {
			adminTheme ??= loadTheme<AdminTemplates>('admin', { needs: ADMIN_TEMPLATES, files: VENDORED })
			return adminTheme
		},
		secret,
		memory: createMemory(db),
		metrics,
		traffic: createTraffic({ db, config, log, clock }),
		fetch: createFetch({ config, log, resolve }),
		storage,
		pictures: createPictures({ storage, secret, gravatar, clock }),
		isStopping: () => false,
	}
}

/** The Koa application that serves a blog. */
export function createApp(blog: Blog): Koa {
	const app = new Koa()
	app.proxy = blog.config.trustProxy > 0
	app.maxIpsCount = blog.config.trustProxy
	app.context.blog = blog
	app.on('error', (error, ctx?: Koa.Context) => {
		// Who goes away in the middle of a question is no fault of ours.
		const level = ctx?.req.complete === false ? 'debug' : 'error'
		blog.log[level]({ err: error }, 'connection failed')
	})
	const router = routes(blog.config.languages)
	for (const step of [
		secureHeaders,
		keepPages,
		logRequests,
		language,
		faults,
		present,
		canonicalAddress,
		refuseCrossSite,
		router.allowedMethods(),
		router.routes(),
	]) {
		app.use(step as Middleware)
	}
	return app
}
