import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { extname, posix } from 'node:path'
import { contentType } from 'mime-types'
import { lineAt, ThemeError } from './theme-error.ts'

/** A theme's file as it is served, for ever the same under its address. */
export interface Asset {
	body: Buffer
	/** Content-Type. */
	type: string
}

export interface Assets {
	/** `style.css` → `/assets/NAME/style.0123456789.css` */
	urls: Map<string, string>
	/** The same addresses → what is served there. */
	served: Map<string, Asset>
}

/**
 * Gives each asset an address with the hash of its contents; `url(…)` of a stylesheet is rewritten to such addresses,
 * and a stylesheet that it imports by name is put in the place of `@import "style.css";`: pages ask for one file.
 * @throws ThemeError when a stylesheet names a file that isn't there.
 */
export function hashAssets(theme: string, files: Map<string, string>): Assets {
	const assets: Assets = { urls: new Map(), served: new Map() }
	const styles = [...files.keys()].filter((name) => name.endsWith('.css'))
	for (const name of files.keys()) if (!styles.includes(name)) add(name, readFileSync(files.get(name)!))
	for (const name of styles) add(name, Buffer.from(styleOf(name)))
	return assets

	function styleOf(name: string, importing: string[] = []): string {
		const file = files.get(name)!
		return rewriteUrls(name, file, assets.urls).replace(IMPORT, (_, target: string, position: number, css: string) => {
			const imported = posix.join(posix.dirname(name), target)
			if (styles.includes(imported) && ![name, ...importing].includes(imported)) {
				return styleOf(imported, [name, ...importing])
			}
			throw new ThemeError(file, lineAt(css, position), `"${target}" can't be imported here`)
		})
	}

	function add(name: string, body: Buffer): void {
		const extension = extname(name)
		const hash = createHash('sha256').update(body).digest('hex').slice(0, 10)
		const url = `/assets/${theme}/${name.slice(0, name.length - extension.length)}.${hash}${extension}`
		assets.urls.set(name, url)
		assets.served.set(url, { body, type: contentType(extension) || 'application/octet-stream' })
	}
}

const IMPORT = /@import\s+["']([^"':]+)["']\s*;/g

function rewriteUrls(name: string, file: string, urls: Map<string, string>): string {
	const css = readFileSync(file, 'utf8')
	return css.replace(/url\(\s*(["']?)([^"')]+?)\1\s*\)/g, (whole, _quote, target: string, position: number) => {
		if (/^([a-z]+:|[#/])/i.test(target)) return whole
		const url = urls.get(posix.join(posix.dirname(name), target))
		if (!url) throw new ThemeError(file, lineAt(css, position), `there is no asset "${target}"`)
		return `url("${url}")`
	})
}
