/** Why nothing was fetched; what the network said is told to nobody. */
export type FetchReason = 'forbidden' | 'own' | 'busy' | 'timeout' | 'large' | 'type' | 'redirects' | 'network'

const MESSAGES: Record<FetchReason, string> = {
	forbidden: 'the address may not be fetched',
	own: 'the address is our own',
	busy: 'too many fetches are waiting',
	timeout: 'it took too long',
	large: 'it is too large',
	type: 'it is not of a type that is wanted',
	redirects: 'it redirects too often',
	network: 'it could not be reached',
}

/** Nothing was fetched. */
export class FetchError extends Error {
	override name = 'FetchError'
	readonly reason: FetchReason

	constructor(reason: FetchReason) {
		super(MESSAGES[reason])
		this.reason = reason
	}
}
