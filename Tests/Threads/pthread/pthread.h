/* pthread.h - as much of POSIX's threads as the program here needs, for wasm32 without a libc. */
#ifndef PTHREAD_H
#define PTHREAD_H

#include <stddef.h>
#include <stdint.h>

typedef struct pthread *pthread_t;
typedef struct { uint32_t state; } pthread_mutex_t; /* 0 free, 1 held, 2 held and perhaps waited for */
typedef struct { uint32_t count; } pthread_cond_t;
typedef struct { pthread_mutex_t mutex; pthread_cond_t all; uint32_t needed, there, round; } pthread_barrier_t;
typedef struct { uint32_t state; } pthread_once_t;  /* 0 not yet, 1 on its way, 2 done */

#define PTHREAD_BARRIER_SERIAL_THREAD (-1)

int pthread_create(pthread_t *thread, const void *attributes, void *(*run)(void *), void *argument);
int pthread_join(pthread_t thread, void **result);
pthread_t pthread_self(void);
int pthread_mutex_lock(pthread_mutex_t *mutex);
int pthread_mutex_trylock(pthread_mutex_t *mutex);
int pthread_mutex_unlock(pthread_mutex_t *mutex);
int pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex);
int pthread_cond_signal(pthread_cond_t *condition);
int pthread_cond_broadcast(pthread_cond_t *condition);
int pthread_barrier_init(pthread_barrier_t *barrier, const void *attributes, unsigned count);
int pthread_barrier_wait(pthread_barrier_t *barrier);
int pthread_once(pthread_once_t *once, void (*run)(void));

#endif
