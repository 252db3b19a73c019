import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

// Loaded before a program by `--import`: writes to the file LOADED what the files of src/ import, one name a line.

const file = process.env.LOADED!
const own = new URL('../../src/', import.meta.url).href

registerHooks({
	resolve(specifier, context, nextResolve) {
		if (context.parentURL?.startsWith(own)) appendFileSync(file, `${specifier}\n`)
		return nextResolve(specifier, context)
	},
})
