import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import type { Translate } from '../i18n/catalog.ts'
import { writtenOnce } from './once.ts'

export type Helpers = Record<string, Handlebars.HelperDelegate>

/** The helpers of templates: `t`, `icon`, `asset`, `eq`, `once`. */
export function makeHelpers(icons: Map<string, string>, assetUrls: Map<string, string>): Helpers {
	return {
		t: (key: string, { hash, data }: Handlebars.HelperOptions) => (data.t as Translate)(key, hash),
		icon: (name: string) => new Handlebars.SafeString(icons.get(name) ?? ''),
		asset: (name: string) => assetUrls.get(name) ?? '',
		eq: (left: unknown, right: unknown) => left === right,
		once: writtenOnce(),
	}
}

/** Reads SVG files to be put into pages as they are, out of the way of screen readers. */
export function readIcons(files: Map<string, string>): Map<string, string> {
	return new Map([...files].map(([name, file]) => [name, inlineSvg(readFileSync(file, 'utf8'))]))
}

function inlineSvg(svg: string): string {
	const root = svg
		.slice(svg.indexOf('<svg'))
		.replace(/<!--.*?-->/gs, '')
		.trim()
	return root.replace(/^<svg\b([^>]*)>/, (_, attributes: string) => {
		const kept = attributes.replace(/\s(xmlns|class|aria-hidden|focusable|role|width|height)="[^"]*"/g, '')
		return `<svg${kept} class="icon" aria-hidden="true" focusable="false">`
	})
}
