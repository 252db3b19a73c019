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
	const compiled = naming(file, () => {
		const tree = handlebars.parse(source)
		handlebars.precompile(tree, options)
		new NameCheck(file, layers).accept(tree)
		return handlebars.compile(tree, options)
	})
	return (model, runtime) => naming(file, () => compiled(model, runtime))
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

/** Walks a template and looks up every partial, icon and asset it names. */
class NameCheck extends Handlebars.Visitor {
	readonly #file: string
	readonly #layers: Layers
	readonly #inline = new Set(['@partial-block'])

	constructor(file: string, layers: Layers) {
		super()
		this.#file = file
		this.#layers = layers
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

	override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
		const helper = nameOf(mustache.path)
		const name = literalOf(mustache.params[0])
		if (helper === 'icon' && name !== undefined) this.#check(this.#layers.icons, 'icon', name, mustache)
		if (helper === 'asset' && name !== undefined) this.#check(this.#layers.assets, 'asset', name, mustache)
		super.MustacheStatement(mustache)
	}

	#checkPartial(partial: { name: hbs.AST.PathExpression | hbs.AST.SubExpression; loc: hbs.AST.SourceLocation }): void {
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
