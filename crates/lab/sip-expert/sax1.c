/* Preloaded before libxml2, so that pidgin-sipe can read XML on Debian 12.
 *
 * Debian's libxml2 2.9.14+dfsg-1.3~deb12u5 does not call the handlers of SAX 1 when `initialized` says SAX 2, and
 * pidgin-sipe 1.25 sets exactly that with handlers of SAX 1 only. It then reads no contacts and no presence. Here
 * a handler without any of SAX 2 says SAX 1. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <libxml/parser.h>

typedef int (*parse_memory)(xmlSAXHandlerPtr, void *, const char *, int);

int xmlSAXUserParseMemory(xmlSAXHandlerPtr handler, void *data, const char *text, int length)
{
    parse_memory next = (parse_memory) dlsym(RTLD_NEXT, "xmlSAXUserParseMemory");
    xmlSAXHandler own = *handler;

    if (!own.startElementNs && !own.endElementNs)
        own.initialized = 1;
    return next(&own, data, text, length);
}
