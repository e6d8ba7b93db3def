// A library that, preloaded into a program, lets the system grant it no thread beside its first. As root, RLIMIT_NPROC would not bite.

#include <pthread.h>

#include <cerrno>

extern "C" int pthread_create(pthread_t * /*thread*/, const pthread_attr_t * /*attributes*/, void *(*)(void *), void * /*argument*/)
{
    return EAGAIN;
}
