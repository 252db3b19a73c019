import { editorModules } from '../views/modules.ts'

/** The module the editor begins with. */
export const START = 'editor/start.js'

/** The module of the page of a translation. */
export const TRANSLATING = 'editor/translating.js'

const OWN = ['commands', 'cover', 'drafts', 'files', 'panes', 'slug', 'text', 'toolbar', 'words']

/** The import map of the editor, as JSON that may stand in a script element: npm's modules, and `editor/…` for its own. */
export function importMap(asset: (name: string) => string): string {
	const own = OWN.map((name) => [`editor/${name}`, asset(`editor/${name}.js`)])
	return JSON.stringify({ imports: Object.fromEntries([...own, ...editorModules().urls]) })
}
