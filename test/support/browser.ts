import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchChromium } from './chromium.ts'

let browser: Promise<Browser> | undefined

export interface OpenOptions {
	/** CSS pixels; 1280 by default. */
	width?: number
	dark?: boolean
	javaScript?: boolean
	/** What the browser asks for in Accept-Language; 'ru-RU' by default. */
	locale?: string
}

export interface OpenedPage {
	page: Page
	/** Addresses outside the page's own origin that it asked for. */
	thirdPartyRequests: string[]
	/** Errors in the console (the CSP's among them), uncaught ones, and requests that failed. */
	problems: string[]
	close(): Promise<void>
}

/** Opens `url` in a headless Chromium that this test file shares; every page has its own cookies. */
export async function openPage(url: string, options: OpenOptions = {}): Promise<OpenedPage> {
	browser ??= launchChromium()
	const { width = 1280, dark = false, javaScript = true, locale = 'ru-RU' } = options
	const context = await (await browser).newContext({
		viewport: { width, height: 900 },
		colorScheme: dark ? 'dark' : 'light',
		javaScriptEnabled: javaScript,
		locale,
	})
	const thirdPartyRequests = watchRequests(context, new URL(url).origin)
	const page = await context.newPage()
	const problems = watchProblems(page)
	await page.goto(url)
	return { page, thirdPartyRequests, problems, close: () => context.close() }
}

/** Runs axe on a page with script on (axe needs timers); gives readable lines, none when the page is accessible. */
export async function axe(page: Page, options: RunOptions = {}): Promise<string[]> {
	// Evaluated by the debugger: the page's CSP neither stops it nor has to be weakened for it.
	await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
	const run = (options: RunOptions) => (globalThis as any).axe.run(options) as Promise<AxeResults>
	const { violations } = await page.evaluate(run, options)
	return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`))
}

function watchRequests(context: BrowserContext, origin: string): string[] {
	const addresses: string[] = []
	context.on('request', (request) => {
		const url = new URL(request.url())
		if (/^(https?|wss?):$/.test(url.protocol) && url.origin !== origin) addresses.push(request.url())
	})
	return addresses
}

function watchProblems(page: Page): string[] {
	const problems: string[] = []
	page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
	page.on('pageerror', (error) => problems.push(String(error)))
	page.on('requestfailed', (request) => {
		const reason = request.failure()?.errorText
		// The page was left before the answer came.
		if (reason !== 'net::ERR_ABORTED') problems.push(`${request.url()} ${reason}`)
	})
	return problems
}
