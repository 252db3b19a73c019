import { createHmac } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { findAccount } from '../authors/account-queries.ts'
import { type Caller, findApplication } from '../authors/application-queries.ts'
import { verifyPassword } from '../authors/password.ts'
import { listAuthorNames } from '../posts/admin-queries.ts'
import type { Blog } from '../web/context.ts'
import { addressKey } from '../web/rate/address.ts'
import { secondsToWait } from '../web/rate/rate.ts'
import type { Call } from '../xmlrpc/method.ts'
import { refuse } from './faults.ts'

/** Editors send the password with each call: what was right a moment ago needn't be hashed and counted again. */
const known = new LRUCache<string, true>({ max: 1000, ttl: 10 * 60 * 1000 })

/**
 * The author with an e-mail and a password: one made for an application, or the account's own unless a second factor
 * is asked for besides.
 * @throws Fault 403, or 49 after too many attempts
 */
export async function signIn(call: Call, email: string, password: string): Promise<Caller> {
	const { db, clock } = call.blog
	return (await findApplication(db, email, password, clock())) ?? (await byAccount(call, email, password))
}

async function byAccount(call: Call, email: string, password: string): Promise<Caller> {
	const { db } = call.blog
	const account = await findAccount(db, email.trim())
	const key = digest(call.blog, account?.password_hash ?? '', password)
	if (!account || !known.has(key)) {
		if (await mustWait(call, email)) throw refuse(call, 'tooOften')
		if (!(await verifyPassword(account?.password_hash, password))) throw refuse(call, 'password')
		known.set(key, true)
	}
	if (account!.disabled_at !== null) throw refuse(call, 'password')
	if (account!.totp_secret !== null) throw refuse(call, 'secondFactor')
	const { id, role, language } = account!
	return { id, role, language, email: account!.email ?? '', names: await listAuthorNames(db, [id]), scopes: [] }
}

async function mustWait({ blog, ip }: Call, email: string): Promise<boolean> {
	const wait = await secondsToWait(blog, 'sign-in from', ip)
	return (wait || (await secondsToWait(blog, 'sign-in', `${addressKey(ip)} ${email.trim().toLowerCase()}`))) > 0
}

function digest({ secret }: Blog, passwordHash: string, password: string): string {
	return createHmac('sha256', secret).update(`${passwordHash}\0${password}`).digest('base64url')
}
