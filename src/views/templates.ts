import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import type { Helpers } from './helpers.ts'
import type { Layers } from './layers.ts'
import { ThemeError } from './theme-error.ts'

export type Compiled = (model: object, options?: Handlebars.RuntimeOptions) => string

/**
 * Compiles the templates of a theme; each is called with the model and `{ data }`.
 * @throws ThemeError for wrong syntax, and for a helper, partial, icon or asset that isn't there.
 */
export function compileTemplates(layers: Layers, helpers: Helpers): Map<string, Compiled> {
	const handlebars = Handlebars.create()
	handlebars.registerHelper(helpers)
	const compile = (file: string) => compileFile(handlebars, file, layers)
	for (const [name, file] of layers.partials) handlebars.registerPartial(name, compile(file))
	return new Map([...layers.templates].map(([name, file]) => [name, compile(file)]))
}

function compileFile(handlebars: typeof Handlebars, file: string, layers: Layers): Compiled {
	const options = {
		strict: true,
		preventIndent: true,
		knownHelpersOnly: true,
		knownHelpers: Object.fromEntries(Object.keys(handlebars.helpers).map((name) => [name, true])),
	} as CompileOptions
	const source = readFileSync(file, 'utf8')
	refuseDeep(file, source)
	const compiled = naming(file, () => {
		const tree = handlebars.parse(source)
		new NameCheck(file, layers, options.knownHelpers!).accept(tree)
		// Turned into code when it is first used.
		return handlebars.compile(tree, options)
	})
	return (model, runtime) => naming(file, () => compiled(model, runtime))
}

const DEEPEST = 100

/** The parser takes seconds for thousands of blocks in each other, and then has no stack left. */
function refuseDeep(file: string, source: string): void {
	let depth = 0
	for (const [opening] of source.matchAll(/\{\{~?(?:[#/]|\^(?!\s*~?\}|else))/g)) {
		depth += opening.endsWith('/') ? -1 : 1
		if (depth > DEEPEST) throw new ThemeError(file, undefined, `blocks stand more than ${DEEPEST} deep in each other`)
	}
}

/** Runs what may throw an error of Handlebars, and tells it as one of the file. */
function naming<Result>(file: string, work: () => Result): Result {
	try {
		return work()
	} catch (error) {
		if (error instanceof ThemeError || !(error instanceof Error)) throw error
		const line = (error as { lineNumber?: number }).lineNumber ?? error.message.match(/on line (\d+)/)?.[1]
		const reason = error.message
			.split('\n')
			.at(-1)!
			.replace(/ - \d+:\d+$/, '')
		throw new ThemeError(file, line === undefined ? undefined : Number(line), reason)
	}
}

/** Walks a template and looks up every helper, partial, icon and asset it names. */
class NameCheck extends Handlebars.Visitor {
	readonly #file: string
	readonly #layers: Layers
	readonly #helpers: object
	readonly #inline = new Set(['@partial-block'])

	constructor(file: string, layers: Layers, helpers: object) {
		super()
		this.#file = file
		this.#layers = layers
		this.#helpers = helpers
	}

	override PartialStatement(partial: hbs.AST.PartialStatement): void {
		this.#checkPartial(partial)
		super.PartialStatement(partial)
	}

	override PartialBlockStatement(partial: hbs.AST.PartialBlockStatement): void {
		this.#checkPartial(partial)
		super.PartialBlockStatement(partial)
	}

	override DecoratorBlock(block: hbs.AST.DecoratorBlock): void {
		this.#inline.add(literalOf(block.params[0]) ?? '')
		super.DecoratorBlock(block)
	}

	override BlockStatement(block: hbs.AST.BlockStatement): void {
		this.#checkHelper(block)
		super.BlockStatement(block)
	}

	override SubExpression(expression: hbs.AST.SubExpression): void {
		this.#checkHelper(expression)
		super.SubExpression(expression)
	}

	override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
		this.#checkHelper(mustache)
		const helper = nameOf(mustache.path)
		const name = literalOf(mustache.params[0])
		if (helper === 'icon' && name !== undefined) this.#check(this.#layers.icons, 'icon', name, mustache)
		if (helper === 'asset' && name !== undefined) this.#check(this.#layers.assets, 'asset', name, mustache)
		super.MustacheStatement(mustache)
	}

	/** A name with something after it is that of a helper. */
	#checkHelper(
		call: Pick<hbs.AST.MustacheStatement | hbs.AST.SubExpression, 'path' | 'params' | 'hash' | 'loc'>,
	): void {
		const name = nameOf(call.path)
		if (name === undefined || (call.params.length === 0 && !call.hash) || Object.hasOwn(this.#helpers, name)) return
		throw new ThemeError(this.#file, call.loc.start.line, `there is no helper "${name}"`)
	}

	#checkPartial(partial: Pick<hbs.AST.PartialStatement, 'name' | 'params' | 'loc'>): void {
		const { line } = partial.loc.start
		if (partial.params.length > 1) throw new ThemeError(this.#file, line, 'a partial takes one thing')
		const name = nameOf(partial.name)
		if (name !== undefined && !this.#inline.has(name)) this.#check(this.#layers.partials, 'partial', name, partial)
	}

	#check(known: Map<string, string>, kind: string, name: string, node: { loc: hbs.AST.SourceLocation }): void {
		if (!known.has(name)) throw new ThemeError(this.#file, node.loc.start.line, `there is no ${kind} "${name}"`)
	}
}

/** `name` of `{{name …}}` and `{{> name}}`; none when it is worked out at render. */
function nameOf(node: hbs.AST.Node): string | undefined {
	return node.type === 'PathExpression' ? (node as hbs.AST.PathExpression).original : literalOf(node)
}

function literalOf(node: hbs.AST.Node | undefined): string | undefined {
	return node?.type === 'StringLiteral' ? (node as hbs.AST.StringLiteral).value : undefined
}
