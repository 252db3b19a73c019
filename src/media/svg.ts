import { readFile, stat, writeFile } from 'node:fs/promises'
import { SaxesParser, type SaxesTagNS } from 'saxes'
import { escapeHtml } from '../markdown/escape.ts'
import { UploadRefused } from './refused.ts'

const MOST_BYTES = 2 * 1024 * 1024
const DEEPEST = 200
const SVG = 'http://www.w3.org/2000/svg'
const XLINK = 'http://www.w3.org/1999/xlink'
const XML = 'http://www.w3.org/XML/1998/namespace'
/** As we write them, whatever a file calls them. */
const PREFIXES: Record<string, string> = { [XLINK]: 'xlink:', [XML]: 'xml:' }

/** Shapes, text and paint: nothing that runs, moves, links or brings in a page. */
const ELEMENTS = new Set(
	(
		'svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath image style ' +
		'linearGradient radialGradient stop pattern clipPath mask marker switch filter feBlend feColorMatrix ' +
		'feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow ' +
		'feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight ' +
		'feSpecularLighting feSpotLight feTile feTurbulence view'
	).split(' '),
)
/** Elements that go and leave what is inside. */
const WRAPPERS = new Set(['a'])
const OWN = /^\s*#[^\s"'()<>\\]+\s*$/
const PIXELS = /^\s*data:image\/(?:png|jpeg|gif|webp);base64,[a-z0-9+/=\s]+$/i

/**
 * Writes an SVG anew with nothing in it but shapes, text and paint of its own.
 * @throws UploadRefused when it is no SVG, or too large
 */
export async function writeSafeSvg(from: string, to: string): Promise<{ width?: number; height?: number }> {
	if ((await stat(from)).size > MOST_BYTES) throw new UploadRefused('large')
	const { svg, ...size } = sanitizeSvg(await readFile(from, 'utf8'))
	await writeFile(to, svg)
	return size
}

/** The safe part of an SVG, and its size in pixels where it tells one. @throws UploadRefused */
export function sanitizeSvg(source: string): { svg: string; width?: number; height?: number } {
	const writer = new Writer()
	const parser = new SaxesParser({ xmlns: true, position: false })
	parser.on('error', (error) => {
		throw error
	})
	parser.on('opentag', (tag) => writer.open(tag))
	parser.on('closetag', () => writer.close())
	parser.on('text', (text) => writer.text(text))
	parser.on('cdata', (text) => writer.text(text))
	try {
		parser.write(source.replace(/^\ufeff/, '')).close()
	} catch {
		throw new UploadRefused('svg')
	}
	return { svg: writer.out.join(''), ...writer.size }
}

class Writer {
	readonly out: string[] = []
	size: { width?: number; height?: number } = {}
	/** Of every element that is open: its name if it is written, '' if only it is left out. */
	readonly #names: string[] = []
	/** How deep we are in what is left out with all that is inside. */
	#skipped = 0
	#css = ''

	open(tag: SaxesTagNS): void {
		const { local, uri } = tag
		if (this.#names.length + this.#skipped >= DEEPEST) throw new Error('too deep')
		const isRoot = this.#names.length === 0 && this.#skipped === 0
		if (isRoot && (local !== 'svg' || uri !== SVG)) throw new Error('no SVG')
		if (this.#skipped > 0 || uri !== SVG || !(ELEMENTS.has(local) || WRAPPERS.has(local))) {
			this.#skipped++
			return
		}
		if (isRoot) this.size = sizeOf(tag)
		this.#names.push(WRAPPERS.has(local) ? '' : local)
		if (WRAPPERS.has(local)) return
		this.out.push(`<${local}${isRoot ? ` xmlns="${SVG}" xmlns:xlink="${XLINK}"` : ''}${attributesOf(tag)}>`)
		this.#css = ''
	}

	close(): void {
		if (this.#skipped > 0) {
			this.#skipped--
			return
		}
		const name = this.#names.pop()
		if (name === 'style' && isSafeCss(this.#css)) this.out.push(escapeHtml(this.#css))
		if (name) this.out.push(`</${name}>`)
	}

	text(text: string): void {
		if (this.#skipped > 0 || this.#names.length === 0) return
		if (this.#names.at(-1) === 'style') this.#css += text
		else this.out.push(escapeHtml(text))
	}
}

function attributesOf({ local: element, attributes }: SaxesTagNS): string {
	return Object.values(attributes)
		.filter(({ uri, local, value }) => isSafe(element, uri, local, value))
		.map(({ uri, local, value }) => ` ${PREFIXES[uri] ?? ''}${local}="${escapeHtml(value)}"`)
		.join('')
}

function isSafe(element: string, uri: string, name: string, value: string): boolean {
	if (name === 'href' && (uri === '' || uri === XLINK)) {
		return OWN.test(value) || (element === 'image' && PIXELS.test(value))
	}
	if (uri === XML) return name === 'space' || name === 'lang'
	if (uri !== '' || !/^[a-z][\w-]*$/i.test(name) || /^(?:on|src|action|formaction|xmlns)/i.test(name)) return false
	return isSafeCss(value)
}

/** Paint servers of the same file are the only addresses; escapes could hide others. */
function isSafeCss(css: string): boolean {
	const plain = css.replace(/\/\*.*?\*\//gs, '')
	const addresses = [...plain.matchAll(/url\s*\(([^)]*)\)?/gi)].map(([, address]) => address!.replace(/["']/g, ''))
	return (
		!/\\|@import|@charset|expression\s*\(|javascript:|image-set|\b(?:image|src)\s*\(|-moz-binding|behavior\s*:/i.test(
			plain,
		) && addresses.every((address) => OWN.test(address))
	)
}

function sizeOf({ attributes }: SaxesTagNS): { width?: number; height?: number } {
	const value = (name: string) => attributes[name]?.value ?? ''
	const [, , width = 0, height = 0] = value('viewBox')
		.trim()
		.split(/[\s,]+/)
		.map(Number)
	const [own, ownHeight] = [pixels(value('width')), pixels(value('height'))]
	const size =
		own && ownHeight ? { width: own, height: ownHeight } : { width: Math.round(width), height: Math.round(height) }
	return size.width >= 1 && size.height >= 1 && size.width < 1e5 && size.height < 1e5 ? size : {}
}

function pixels(length: string): number | undefined {
	return /^\d{1,5}(?:\.\d+)?(?:px)?$/.test(length) ? Math.round(Number.parseFloat(length)) : undefined
}
