import { ConfigError } from '../errors.ts'
import { isAddress } from '../net/address.ts'
import type { Blog } from '../web/context.ts'
import { erasePerson, exportPerson } from './person.ts'

/**
 * `otklik privacy export EMAIL`: everything that is kept about an address, as JSON.
 * @throws ConfigError when it isn't an address
 */
export async function exportCommand({ db }: Pick<Blog, 'db'>, email: string): Promise<string> {
	return JSON.stringify(await exportPerson(db, checked(email)), null, 2)
}

/**
 * `otklik privacy erase EMAIL`: erases it, and says in a line what was erased.
 * @throws ConfigError when it isn't an address
 */
export async function eraseCommand(blog: Pick<Blog, 'db' | 'catalog' | 'pictures'>, email: string): Promise<string> {
	const { removed, emptied, subscriptions, isAuthor } = await erasePerson(blog, checked(email))
	await blog.pictures.forget(email)
	const told = `${removed} comments removed, ${emptied} with replies emptied, ${subscriptions} subscriptions ended`
	return `Erased: ${told}${isAuthor ? `; ${email} is an author of the blog, whose account was left as it is` : ''}`
}

function checked(email: string): string {
	if (!isAddress(email)) throw new ConfigError(`"${email}" is not an e-mail address`)
	return email
}
