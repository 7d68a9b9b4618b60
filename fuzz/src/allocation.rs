//! How much memory is taken: the allocator of the targets counts.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Bytes that are taken now, and the most that were since [`start`].
static TAKEN: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator, counting. What grows counts twice while it does: it may stand in two places then.
pub struct Counting;

fn took(bytes: usize) {
    let taken = TAKEN.fetch_add(bytes, Relaxed).wrapping_add(bytes);
    MOST.fetch_max(taken, Relaxed);
}

fn gave_back(bytes: usize) {
    TAKEN.fetch_sub(bytes, Relaxed);
}

// SAFETY: everything is asked of the system's allocator as it was asked here; beside that only numbers change.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        took(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        took(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        gave_back(layout.size());
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        took(size);
        gave_back(layout.size());
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// Begins to look for the most; gives what is taken already.
pub fn start() -> usize {
    let taken = TAKEN.load(Relaxed);
    MOST.store(taken, Relaxed);
    taken
}

/// The most that was taken at once since [`start`].
pub fn most() -> usize {
    MOST.load(Relaxed)
}
