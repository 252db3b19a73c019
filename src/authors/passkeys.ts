import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Db, Time } from '../db/schema.ts'
import { spendOnce } from './link-queries.ts'
import { findPasskey, listPasskeys, touchPasskey } from './passkey-queries.ts'
import { sign, unsign } from './signed.ts'
import { tokenHash } from './token.ts'

/** Loaded with the first page that asks for it: it would make every start longer. */
const webauthn = () => import('@simplewebauthn/server')

/** A page may stay open for so long before its button is pressed. */
const LASTS = 60 * 60 * 1000
const LONGEST = 20_000
/** Ed25519, ES256, RS256. The library's own list makes Node warn of algorithms that are experiments there. */
const ALGORITHMS = [-8, -7, -257]

/** What passkeys of a blog are bound to. */
export interface Party {
	db: Db
	secret: string
	siteUrl: string
	now: Time
}

/** What an authenticator made for us. */
export interface NewPasskey {
	credential: string
	public_key: string
	counter: number
	transports: string
}

/** What a browser is asked for to sign in: any passkey of this site (WebAuthn, PublicKeyCredentialRequestOptionsJSON). */
export async function signInOptions({ secret, siteUrl, now }: Omit<Party, 'db'>): Promise<string> {
	return JSON.stringify(
		await (await webauthn()).generateAuthenticationOptions({
			rpID: new URL(siteUrl).hostname,
			challenge: sign({ secret, purpose: 'passkey' }, '', now + LASTS),
			userVerification: 'required',
		}),
	)
}

/** The author whose passkey answered, with the person verified by the device; undefined when it proves nothing. */
export async function authorOfPasskey(party: Party, answer: string): Promise<number | undefined> {
	const response = parse<AuthenticationResponseJSON>(answer)
	const known = typeof response?.id === 'string' ? await findPasskey(party.db, response.id) : undefined
	if (!response || !known) return undefined
	const isOurs = challengeOf(party, 'passkey')
	const { verified, authenticationInfo } = await (await webauthn())
		.verifyAuthenticationResponse({
			response,
			expectedChallenge: isOurs,
			expectedOrigin: new URL(party.siteUrl).origin,
			expectedRPID: new URL(party.siteUrl).hostname,
			requireUserVerification: true,
			credential: {
				id: known.credential,
				publicKey: new Uint8Array(Buffer.from(known.public_key, 'base64url')),
				counter: known.counter,
			},
		})
		.catch(() => ({ verified: false as const, authenticationInfo: undefined }))
	if (!verified || !(await isFirst(party, response))) return undefined
	await touchPasskey(party.db, known.id, authenticationInfo.newCounter, party.now)
	return known.author_id
}

/** What a browser is asked to make: a passkey of this author, on a device that has none of theirs yet. */
export async function newPasskeyOptions(
	{ db, secret, siteUrl, now }: Party,
	author: { id: number; email: string; name: string; site: string },
): Promise<string> {
	const known = await listPasskeys(db, author.id)
	return JSON.stringify(
		await (await webauthn()).generateRegistrationOptions({
			rpName: author.site,
			rpID: new URL(siteUrl).hostname,
			userName: author.email,
			userDisplayName: author.name,
			userID: new TextEncoder().encode(`author ${author.id}`),
			challenge: sign({ secret, purpose: `new passkey ${author.id}` }, '', now + LASTS),
			attestationType: 'none',
			supportedAlgorithmIDs: ALGORITHMS,
			excludeCredentials: known.map(({ credential, transports }) => ({
				id: credential,
				transports: JSON.parse(transports),
			})),
			authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
		}),
	)
}

/** What an authenticator made when it was asked by `newPasskeyOptions`; undefined when that isn't so. */
export async function newPasskey(party: Party, authorId: number, answer: string): Promise<NewPasskey | undefined> {
	const response = parse<RegistrationResponseJSON>(answer)
	if (!response) return undefined
	const { verified, registrationInfo } = await (await webauthn())
		.verifyRegistrationResponse({
			response,
			expectedChallenge: challengeOf(party, `new passkey ${authorId}`),
			expectedOrigin: new URL(party.siteUrl).origin,
			expectedRPID: new URL(party.siteUrl).hostname,
			supportedAlgorithmIDs: ALGORITHMS,
			requireUserVerification: true,
		})
		.catch(() => ({ verified: false as const, registrationInfo: undefined }))
	if (!verified || !(await isFirst(party, response))) return undefined
	const { id, publicKey, counter } = registrationInfo.credential
	const transports = (response.response.transports ?? []).filter((name) => /^[a-z-]{1,20}$/.test(name)).slice(0, 10)
	return {
		credential: id,
		public_key: Buffer.from(publicKey).toString('base64url'),
		counter,
		transports: JSON.stringify(transports),
	}
}

function parse<Answer>(text: string): Answer | undefined {
	if (text.length > LONGEST) return undefined
	try {
		const value = JSON.parse(text)
		return value && typeof value === 'object' ? value : undefined
	} catch {
		return undefined
	}
}

/** Our challenges prove by themselves that they are ours. */
function challengeOf({ secret, now }: Party, purpose: string): (challenge: string) => boolean {
	return (challenge) => unsign({ secret, purpose }, Buffer.from(challenge, 'base64url').toString(), now) !== undefined
}

/** An answer is good once. */
function isFirst({ db, now }: Party, { response }: { response: { clientDataJSON: string } }): Promise<boolean> {
	return spendOnce(db, tokenHash(Buffer.from(response.clientDataJSON, 'base64url').toString()), now + LASTS)
}
