/* bcryptprimitives.dll for Wine only (never shipped): Windows has it, Wine 8 does not, every library written in Rust
   takes its random numbers from it. */
#define X __declspec(dllexport)
__declspec(dllimport) unsigned char __stdcall SystemFunction036(void *to, unsigned long n);
X int ProcessPrng(unsigned char *to, unsigned long long n) { return SystemFunction036(to, (unsigned long)n); }
