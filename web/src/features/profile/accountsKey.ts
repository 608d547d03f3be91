/** The query of my accounts on the chat networks. */
export const accountsKey = ['me', 'networks']
