import { MOST_FILE_BYTES } from '../../media/store.ts'
import { type Circuit, CircuitOpen, createCircuit } from '../../net/circuit.ts'
import { FetchError, type Fetched, type SafeFetch } from '../../net/fetch.ts'
import { type Said, said } from './said.ts'

/** Fetches a file of the old blog. @throws NotBrought */
export type Bring = (address: string) => Promise<Buffer>

/** A file could not be fetched. */
export class NotBrought extends Error {
	override name = 'NotBrought'
	readonly reason: Said

	constructor(reason: Said) {
		super('not brought')
		this.reason = reason
	}
}

const DEADLINE = 120_000
const FAILURES = 5
const PAUSE = 60_000
/** Whatever it is, but for the page that stands where a file is missing. */
const NO_PAGE = /^(?!text\/html$|application\/xhtml\+xml$)/

/** A way to fetch files of up to 50 MB; a trial only asks whether they are there. A host that is down is left alone. */
export function createBring(
	out: { fetch: SafeFetch },
	{ dryRun, clock }: { dryRun: boolean; clock: () => number },
): Bring {
	const circuits = new Map<string, Circuit>()
	const circuitOf = (host: string) => {
		const circuit = circuits.get(host) ?? createCircuit({ failures: FAILURES, pause: PAUSE, clock })
		circuits.set(host, circuit)
		return circuit
	}
	return async (address) => {
		const answer = await circuitOf(URL.parse(address)?.host ?? '')(() => ask(out, address, dryRun)).catch(notBrought)
		if (answer instanceof FetchError) throw notBrought(answer)
		if (answer.status !== 200) throw new NotBrought(said('importer.fetched.status', { status: String(answer.status) }))
		return answer.body
	}
}

/** An answer, or what is wrong with this file alone. @throws when the host is down */
async function ask(out: { fetch: SafeFetch }, address: string, dryRun: boolean): Promise<Fetched | FetchError> {
	const bounds = { types: NO_PAGE, maxBytes: MOST_FILE_BYTES, deadline: DEADLINE, headers: { Accept: '*/*' } }
	try {
		const answer = await out.fetch(address, { method: dryRun ? 'HEAD' : 'GET', purpose: 'moving a blog', ...bounds })
		if (dryRun && answer.status === 200) checkHead(answer)
		if (answer.status === 429 || answer.status === 503)
			throw new NotBrought(said('importer.fetched.status', { status: String(answer.status) }))
		return answer
	} catch (error) {
		const isOfFile = error instanceof FetchError && !['network', 'timeout'].includes(error.reason)
		if (isOfFile) return error
		throw error
	}
}

/** @throws FetchError as the file itself would give it */
function checkHead({ type, headers }: Fetched): void {
	if (!NO_PAGE.test(type)) throw new FetchError('type')
	if (Number(headers.get('content-length')) > MOST_FILE_BYTES) throw new FetchError('large')
}

function notBrought(error: Error): never {
	if (error instanceof CircuitOpen) throw new NotBrought(said('importer.fetched.down'))
	// i18n: importer.fetched.forbidden importer.fetched.own importer.fetched.busy importer.fetched.timeout
	// i18n: importer.fetched.large importer.fetched.type importer.fetched.redirects importer.fetched.network
	throw error instanceof FetchError ? new NotBrought(said(`importer.fetched.${error.reason}`)) : error
}
