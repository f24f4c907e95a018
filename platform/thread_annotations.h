// Names for clang's thread-safety analysis (-Wthread-safety); nothing under other compilers.
#pragma once

#if defined(__clang__)
#define SKEIN_THREAD_ATTRIBUTE(x) __attribute__((x))
#else
#define SKEIN_THREAD_ATTRIBUTE(x)
#endif

#define SKEIN_CAPABILITY(name) SKEIN_THREAD_ATTRIBUTE(capability(name))
#define SKEIN_SCOPED_CAPABILITY SKEIN_THREAD_ATTRIBUTE(scoped_lockable)
#define SKEIN_GUARDED_BY(mutex) SKEIN_THREAD_ATTRIBUTE(guarded_by(mutex))
#define SKEIN_PT_GUARDED_BY(mutex) SKEIN_THREAD_ATTRIBUTE(pt_guarded_by(mutex))
#define SKEIN_REQUIRES(...) SKEIN_THREAD_ATTRIBUTE(requires_capability(__VA_ARGS__))
#define SKEIN_EXCLUDES(...) SKEIN_THREAD_ATTRIBUTE(locks_excluded(__VA_ARGS__))
#define SKEIN_ACQUIRE(...) SKEIN_THREAD_ATTRIBUTE(acquire_capability(__VA_ARGS__))
#define SKEIN_RELEASE(...) SKEIN_THREAD_ATTRIBUTE(release_capability(__VA_ARGS__))
#define SKEIN_TRY_ACQUIRE(...) SKEIN_THREAD_ATTRIBUTE(try_acquire_capability(__VA_ARGS__))
#define SKEIN_ASSERT_HELD(x) SKEIN_THREAD_ATTRIBUTE(assert_capability(x))
#define SKEIN_RETURN_CAPABILITY(x) SKEIN_THREAD_ATTRIBUTE(lock_returned(x))
#define SKEIN_NO_THREAD_SAFETY_ANALYSIS SKEIN_THREAD_ATTRIBUTE(no_thread_safety_analysis)
