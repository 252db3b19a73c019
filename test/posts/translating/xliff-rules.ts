import { SaxesParser } from 'saxes'

const XLIFF = 'urn:oasis:names:tc:xliff:document:2.0'
const NMTOKEN = /^[\w.:-]+$/
const INLINE = ['cp', 'ph', 'pc', 'sc', 'ec', 'mrk', 'sm', 'em']

/** What may stand in what, of the core of XLIFF 2.0, and which attributes it has. */
const RULES: Record<string, { children: string[]; needs: string[]; may: string[] }> = {
	xliff: { children: ['file'], needs: ['version', 'srcLang'], may: ['trgLang', 'xml:space'] },
	file: {
		children: ['skeleton', 'notes', 'unit', 'group'],
		needs: ['id'],
		may: ['canResegment', 'original', 'translate', 'srcDir', 'trgDir', 'xml:space'],
	},
	unit: {
		children: ['notes', 'originalData', 'segment', 'ignorable'],
		needs: ['id'],
		may: ['name', 'canResegment', 'translate', 'srcDir', 'trgDir', 'xml:space', 'type'],
	},
	notes: { children: ['note'], needs: [], may: [] },
	note: { children: [], needs: [], may: ['id', 'appliesTo', 'category', 'priority'] },
	originalData: { children: ['data'], needs: [], may: [] },
	data: { children: ['cp'], needs: ['id'], may: ['dir', 'xml:space'] },
	segment: { children: ['source', 'target'], needs: [], may: ['id', 'canResegment', 'state', 'subState'] },
	source: { children: INLINE, needs: [], may: ['xml:lang', 'xml:space'] },
	target: { children: INLINE, needs: [], may: ['xml:lang', 'xml:space', 'order'] },
	ph: { children: [], needs: ['id'], may: ['dataRef', 'disp', 'equiv', 'canCopy', 'canDelete', 'canReorder', 'type'] },
	cp: { children: [], needs: ['hex'], may: [] },
}

/** Lines that name every breach of the core rules of XLIFF 2.0 (OASIS, 4.2, 4.3) in a file. */
export function breachesOf(xml: string): string[] {
	const breaches: string[] = []
	const say = (isRight: boolean | undefined, text: string) => isRight || breaches.push(text)
	const parser = new SaxesParser({ xmlns: true })
	const open: { local: string; children: string[] }[] = []
	let ids = { units: new Set<string>(), segments: new Set<string>(), data: new Set<string>(), codes: new Set<string>() }
	parser.on('doctype', () => breaches.push('a document type'))
	parser.on('error', ({ message }) => void breaches.push(message))
	parser.on('opentag', ({ uri, local, attributes }) => {
		const parent = open.at(-1)
		const rule = RULES[local]
		say(uri === XLIFF, `${local} of another namespace`)
		if (!rule) return void breaches.push(`unknown ${local}`)
		say(
			parent === undefined ? local === 'xliff' : RULES[parent.local]!.children.includes(local),
			`${local} in ${parent?.local}`,
		)
		parent?.children.push(local)
		open.push({ local, children: [] })
		const at = (name: string) => attributes[name]?.value
		const names = Object.keys(attributes).filter((name) => !name.startsWith('xmlns'))
		for (const name of rule.needs) say(at(name) !== undefined, `${local} without ${name}`)
		for (const name of names) say([...rule.needs, ...rule.may].includes(name), `${local} with ${name}`)
		const id = at('id') ?? ''
		if (rule.needs.includes('id')) say(NMTOKEN.test(id), `id ${id}`)
		if (local === 'xliff')
			say(at('version') === '2.0' && /^[a-z]{2,3}(-\w+)*$/.test(at('trgLang') ?? 'en'), 'version or language')
		if (local === 'unit') {
			say(!ids.units.has(id), `unit ${id} twice`)
			ids = { units: ids.units.add(id), segments: new Set(), data: new Set(), codes: new Set() }
		}
		if (local === 'data') say(!ids.data.has(id) && Boolean(ids.data.add(id)), `data ${id} twice`)
		if (local === 'segment') {
			say(!ids.segments.has(id) && Boolean(ids.segments.add(id)), `segment ${id} twice`)
			say(['initial', 'translated', 'reviewed', 'final'].includes(at('state') ?? 'initial'), `state ${at('state')}`)
		}
		if (local === 'source' || local === 'target') {
			ids = { ...ids, codes: new Set() }
		}
		if (local === 'ph') {
			say(!ids.codes.has(id) && Boolean(ids.codes.add(id)), `code ${id} twice`)
			say(!ids.segments.has(id), `code ${id} called as a segment`)
			say(at('dataRef') !== undefined && ids.data.has(at('dataRef')!), `no data ${at('dataRef')}`)
		}
		if (local === 'cp') say(/^([0-9A-F]{4}|[0-9A-F]{6})$/.test(at('hex') ?? ''), `hex ${at('hex')}`)
	})
	parser.on('closetag', ({ local }) => {
		const children = open.pop()?.children ?? []
		const order = RULES[local]?.children ?? []
		const places = children.map((child) => order.indexOf(child))
		const isInOrder =
			(local !== 'unit' && local !== 'segment') || places.every((place, at) => at === 0 || places[at - 1]! <= place)
		say(isInOrder, `order of ${children} in ${local}`)
		if (local === 'segment') say(children[0] === 'source' && children.length <= 2, 'segment without source')
		if (local === 'unit') say(children.includes('segment'), 'unit without segment')
		if (local === 'file')
			say(
				children.some((child) => child === 'unit' || child === 'group'),
				'file without unit',
			)
		if (local === 'originalData' || local === 'notes') say(children.length > 0, `empty ${local}`)
	})
	parser.write(xml).close()
	return breaches
}
